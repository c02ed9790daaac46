import { describe, expect, test } from 'vitest';
import { parseSmtpUrl } from '../../src/mail/parse-smtp-url.ts';

describe('an SMTP_URL is taken', () => {
  test.each([
    ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, tls: 'required', connections: 10 }],
    ['smtp://mail.example.com:25', { port: 25, tls: 'required' }],
    ['smtps://mail.example.com', { port: 465, tls: 'implicit' }],
    ['smtps://mail.example.com:2465', { port: 2465, tls: 'implicit' }],
    ['smtp://localhost:1025', { host: 'localhost', port: 1025, tls: 'off' }],
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', tls: 'off' }],
    ['smtp://[::1]:1025', { host: '::1', tls: 'off' }],
    ['smtp://localhost:1025?tls=required', { tls: 'required' }],
    ['smtp://relay.example.com:25?tls=off', { tls: 'off' }],
    ['smtp://127.0.0.1.example.com', { tls: 'required' }],
    [
      'smtp://ivy%40example.com:p%3A%2Fss@mail.example.com',
      { login: { user: 'ivy@example.com', password: 'p:/ss' } },
    ],
    [
      'smtp://mail.example.com?connections=3&name=letters.example.com',
      { connections: 3, clientName: 'letters.example.com' },
    ],
    ['smtp://mail.example.com', { mailsPerConnection: 1000 }],
    ['smtp://mail.example.com?mails=20', { mailsPerConnection: 20 }],
    ['smtp://mail.example.com?pipelining=off', { bestPath: 'plain' }],
    ['smtp://mail.example.com?pipelining=on', { bestPath: 'overlap' }],
    ['smtp://mail.example.com?pipelining=chunks', { bestPath: 'chunked' }],
  ])('%s', (url, settings) => {
    expect(parseSmtpUrl(url)).toMatchObject({ kind: 'settings', settings });
  });

  test('without a login when there is none in it', () => {
    expect(parseSmtpUrl('smtp://mail.example.com')).not.toHaveProperty('settings.login');
  });
});

describe('an SMTP_URL is refused, with what to write instead', () => {
  test.each([
    ['', 'smtp://user'],
    ['mail.example.com', 'smtp://user'],
    ['http://mail.example.com', 'smtp://user'],
    ['smtp://', 'smtp://user'],
    ['smtp://ivy:s3cret@', 'smtp://user'],
    ['smtp://ivy@mail.example.com', 'needs a password'],
    ['smtp://:s3cret@mail.example.com', 'needs a password'],
    ['smtp://ivy:s3cret%@mail.example.com', 'percent-encoded'],
    ['smtp://mail.example.com?pool=10', '"pool="'],
    ['smtp://mail.example.com?connections=0', '1 to 100'],
    ['smtp://mail.example.com?connections=many', '1 to 100'],
    ['smtp://mail.example.com?connections=1000', '1 to 100'],
    ['smtp://mail.example.com?mails=0', '"mails=" (on one connection)'],
    ['smtp://mail.example.com?mails=1.5', '1 to 1000000'],
    ['smtp://mail.example.com?tls=maybe', '"required" or "off"'],
    ['smtps://mail.example.com?tls=off', '"required" or "off"'],
    ['smtp://mail.example.com?pipelining=no', '"on", "off" or "chunks"'],
    ['smtp://mail.example.com?name=a%0d%0aRSET', 'host name'],
  ])('%s', (url, reason) => {
    const refused = parseSmtpUrl(url);
    expect(refused).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) });
    expect(JSON.stringify(refused)).not.toContain('s3cret');
  });
});
