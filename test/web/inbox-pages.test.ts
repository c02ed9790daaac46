import { expect, test } from 'vitest';
import { createInboxPages } from '../../src/web/inbox/inbox-pages.tsx';

const MAIL = {
  number: 7,
  to: ['<b>@example.com'],
  from: 'letters@example.com',
  subject: '<script>alert(1)</script>',
  text: 'As text: <i>',
  html: '<!doctype html><html><head><base href="https://evil.example/"><title>x</title></head><body><p>mail</p></body></html>',
  source: 'Subject: raw\r\n',
  oneClickUrl: 'http://localhost:1234/u/token',
};
const OLDER = { number: 6, to: ['ash@example.com'], subject: 'Before' };

const pages = createInboxPages({
  contentFolder: 'content',
  pagesUrl: 'http://localhost:1234',
  entries: async () => [OLDER, MAIL],
  find: async (number) => (number === 7 ? MAIL : undefined),
});
const get = (path: string, host = 'localhost') => pages.request(path, { headers: { Host: host } });

test('the list shows subjects and addresses as text, newest first', async () => {
  const html = await (await get('/')).text();
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).not.toContain('<script>alert');
  expect(html.indexOf('/mail/7"')).toBeLessThan(html.indexOf('/mail/6"'));
});

test('a mail is shown as it is, but for where its links open, and nothing in it may run', async () => {
  const response = await get('/mail/7/html');
  const html = await response.text();
  expect(html).toContain('<p>mail</p>');
  expect(html).toContain('<head><base target="_blank">');
  expect(html).not.toContain('evil.example');
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('sandbox');
  expect(policy).not.toContain('allow-scripts');
});

test.each([
  ['/mail/7', 'sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"'],
  ['/mail/7?part=text', 'As text: &lt;i&gt;'],
  ['/mail/7?part=source', 'Subject: raw'],
  ['/mail/7', 'action="http://localhost:1234/u/token"'],
  ['/', 'href="http://localhost:1234/"'],
])('%s shows %s', async (path, shown) => {
  expect(await (await get(path)).text()).toContain(shown);
});

test.each([
  ['/mail/8', 404],
  ['/mail/x', 404],
  ['/mail/8/html', 404],
  ['/inbox.css', 200],
  ['/inbox.js', 200],
  ['/images/night-sky/arriving.png', 200],
  ['/images/../package.json', 404],
  ['/images/%2e%2e/night-sky/_index.md', 404],
])('%s is %i', async (path, status) => {
  expect((await get(path)).status).toBe(status);
});

test('it answers nobody who asks for it by another name', async () => {
  expect((await get('/', 'evil.example')).status).toBe(421);
});
