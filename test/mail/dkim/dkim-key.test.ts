import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadDkimKey } from '../../../src/mail/dkim/dkim-key.ts';

const inPem = ({ privateKey }: { readonly privateKey: KeyObject }): string =>
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ed25519 = generateKeyPairSync('ed25519');

test.each([
  ['RSA', inPem(rsa), 'rsa-sha256'],
  [
    'RSA as old tools write it',
    rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    'rsa-sha256',
  ],
  ['Ed25519', inPem(ed25519), 'ed25519-sha256'],
])('a key can sign: %s', (_name, pem, algorithm) => {
  expect(loadDkimKey(pem, 'example.com', 'mail')).toMatchObject({ kind: 'key', algorithm });
});

describe('a key is refused, with the reason', () => {
  const publicKey = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const locked = ed25519.privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' })
    .toString();

  test.each([
    ['an elliptic curve', inPem(generateKeyPairSync('ec', { namedCurve: 'P-256' })), 'ec key'],
    ['Ed448', inPem(generateKeyPairSync('ed448')), 'ed448 key'],
    ['768 bits', inPem(generateKeyPairSync('rsa', { modulusLength: 768 })), '768 bits'],
    ['RSA-PSS', inPem(generateKeyPairSync('rsa-pss', { modulusLength: 1024 })), 'rsa-pss'],
    ['a passphrase', locked, 'without a passphrase'],
    ['a public key', publicKey, 'not a private key'],
    ['no key', 'hello', 'not a private key'],
    ['nothing', '', 'not a private key'],
  ])('%s', (_name, pem, reason) => {
    const refused = loadDkimKey(pem, 'example.com', 'mail');
    expect(refused).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) });
    expect(JSON.stringify(refused)).not.toContain('BEGIN');
  });

  test.each([
    ['example.com; x=1', 'mail'],
    ['example.com', 'mail\r\nX: y'],
    ['', 'mail'],
    ['example.com', ''],
  ])('with the domain %j and the selector %j', (domain, selector) => {
    expect(loadDkimKey(inPem(rsa), domain, selector).kind).toBe('refused');
  });
});
