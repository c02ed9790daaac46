import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { dkimVerify } from 'mailauth';
import { describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { compileMessage } from '../../src/mail/compile-message.ts';
import { dkimSignature, loadDkimKey, signInSlab, type DkimKey } from '../../src/mail/dkim.ts';
import { Slab } from '../../src/mail/slab.ts';
import { ashFields, renderedGarden } from '../support/rendered-garden.ts';

const rsa = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits });
const pair = rsa(2048);
const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const record = `v=DKIM1; k=rsa; p=${pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;

describe('a signed message', () => {
  const signed = signInSlab(new Slab(), issueTo('Ash'), key());

  test('passes at a verifier that is not ours', async () => {
    expect((await verify(signed)).status).toMatchObject({ result: 'pass', aligned: 'example.com' });
  });

  test('has every header signed that a receiver asks for, both List-Unsubscribe fields among them', () => {
    const names = / h=([^;]+);/.exec(signed.toString('latin1'))?.[1]?.split(':');
    expect(names).toEqual(
      expect.arrayContaining([
        'from',
        'to',
        'reply-to',
        'subject',
        'date',
        'message-id',
        'mime-version',
        'content-type',
        'list-id',
        'list-unsubscribe',
        'list-unsubscribe-post',
        'feedback-id',
      ]),
    );
  });

  test('keeps the message as it was, behind the signature', () => {
    const text = signed.toString('latin1');
    expect(text.endsWith(issueTo('Ash').toString('latin1'))).toBe(true);
    expect(text).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed\/relaxed; d=example\.com;/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  test('has the same bytes again', () => {
    expect(signInSlab(new Slab(64), issueTo('Ash'), key()).equals(signed)).toBe(true);
  });

  test.each([
    ['subject', 'The first frost', 'The first Frost'],
    ['unsubscribe link', '/u/garden/', '/u/Garden/'],
    ['one-click field', 'List-Unsubscribe=One-Click', 'List-Unsubscribe=None-Click'],
    ['body', 'base64\r\n\r\nRGVh', 'base64\r\n\r\nRGVi'],
  ])('with another %s fails', async (_name, before, after) => {
    const changed = signed.toString('latin1').replace(before, after);
    expect(changed).not.toBe(signed.toString('latin1'));
    expect((await verify(Buffer.from(changed, 'latin1'))).status.result).not.toBe('pass');
  });
});

test('random messages pass, whatever spaces and empty lines they have', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\r\n', '.', 'é'), maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(text, text, async (subject, body) => {
      const header = `From: ivy@example.com\r\nSubject: x ${subject.replaceAll('\r\n', '\r\n ')}y\r\n\r\n`;
      const message = Buffer.from(`${header}a${body}\r\n`);
      const field = Buffer.from(dkimSignature(message, key()), 'latin1');
      expect((await verify(Buffer.concat([field, message]))).status.result).toBe('pass');
    }),
    { numRuns: 200 },
  );
});

describe('a key is refused, with the reason', () => {
  const ed25519 = generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const short = rsa(768).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 1024 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();

  test.each([
    ['Ed25519', ed25519, 'ed25519'],
    ['an elliptic curve', ec, 'ec key'],
    ['RSA-PSS', pss, 'rsa-pss'],
    ['768 bits', short, '768 bits'],
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
    expect(loadDkimKey(pem, domain, selector).kind).toBe('refused');
  });
});

test('a key that turns out not to sign stops the message', () => {
  const broken: DkimKey = { ...key(), privateKey: generateKeyPairSync('ed25519').privateKey };
  expect(() => dkimSignature(issueTo('Ash'), broken)).toThrow('nothing was sent');
});

function key(): DkimKey {
  const key = loadDkimKey(pem, 'example.com', 'mail');
  if (key.kind === 'refused') throw new Error(key.reason);
  return key;
}

function issueTo(name: string) {
  const compiled = compileMessage(renderedGarden(), { domain: 'letters.example.com' });
  if (compiled.kind === 'refused') throw new Error(compiled.reason);
  return compiled.write(new Slab(), ashFields({ to: { name, address: 'ash@example.com' as EmailAddress } }));
}

async function verify(message: Buffer) {
  const { results } = await dkimVerify(message, { resolver: keyRecord });
  const [result] = results;
  if (result === undefined || results.length !== 1) throw new Error('expected one signature');
  return result;
}

function keyRecord(name: string): Promise<string[][]> {
  if (name === 'mail._domainkey.example.com') return Promise.resolve([[record]]);
  return Promise.reject(new Error(`no ${name}`));
}
