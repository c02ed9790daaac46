import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../../src/domain/email-address.ts';
import { compileMessage } from '../../../src/mail/compile-message.ts';
import { openDkimSigner, type DkimSigner } from '../../../src/mail/dkim/dkim-signer.ts';
import { signInSlab } from '../../../src/mail/dkim/sign-in-slab.ts';
import { signLetter } from '../../../src/mail/dkim/sign-letter.ts';
import { letterMessage } from '../../../src/mail/letter-message.ts';
import { Slab } from '../../../src/mail/slab.ts';
import type { WireBytes } from '../../../src/mail/wire-bytes.ts';
import { ed25519Key, rsaKey, verdicts } from '../../support/dkim-keys.ts';
import { ashFields, renderedGarden } from '../../support/rendered-garden.ts';

const one = rsaKey('one');
const two = ed25519Key('two');
const WAYS = [
  ['RSA', [one]],
  ['Ed25519', [two]],
  ['both', [one, two]],
] as const;

describe.each(WAYS)('a message signed with %s', (_name, keys) => {
  const passed = keys.map(({ key }) => `${key.selector}: pass`);
  const signer = openDkimSigner(keys.map(({ key }) => key));

  test('passes at a verifier that is not ours', async () => {
    expect(await verdicts(await signedIssue(signer), keys)).toEqual(passed);
  });

  test.each([
    ['without Reply-To', { replyTo: undefined }],
    ['in Chinese', { subject: '霜降之後，收好花盆，等到明年春天再把它們一一搬出來', language: 'zh-Hant' }],
    ['with a long title', { seriesTitle: 'Letters from a garden '.repeat(8).trim() }],
  ])('passes %s', async (_what, changes) => {
    const { replyTo, ...rest } = renderedGarden(changes as object);
    const rendered = { ...rest, ...(replyTo !== undefined && { replyTo }) };
    expect(await verdicts(await signedIssue(signer, rendered), keys)).toEqual(passed);
  });

  test('passes as a letter', async () => {
    expect(await verdicts(await signLetter(letter(), signer), keys)).toEqual(passed);
  });

  test('keeps the message as it was, behind the signature', async () => {
    const text = (await signedIssue(signer)).toString('latin1');
    expect(text.endsWith(`\r\n${issue(new Slab(), 0).toString('latin1')}`)).toBe(true);
    const added = text.slice(0, -issue(new Slab(), 0).length).split(/\r\n(?! )/);
    expect(added.map((field) => field.slice(0, 16))).toEqual([...keys.map(() => 'DKIM-Signature: '), '']);
    expect(
      Math.max(
        ...added
          .join('\r\n')
          .split('\r\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(78);
  });

  test('has the same bytes again', async () => {
    expect(
      (await signedIssue(signer)).equals(await signedIssue(signer, renderedGarden(), new Slab(64))),
    ).toBe(true);
  });

  test.each<readonly [string, string | RegExp, string]>([
    ['subject', 'The first frost', 'The first Frost'],
    ['unsubscribe link', '/u/garden/', '/u/Garden/'],
    ['one-click field', 'List-Unsubscribe=One-Click', 'List-Unsubscribe=None-Click'],
    ['body', 'base64\r\n\r\nRGVh', 'base64\r\n\r\nRGVi'],
    ['end', /\r\n$/, '\r\nUnsigned.\r\n'],
    ...['From', 'To', 'Cc', 'Reply-To', 'Subject', 'Date', 'Content-Type'].map(
      (name) => [`second ${name}`, /\r\nFrom:/, `\r\n${name}: eve@example.com\r\nFrom:`] as const,
    ),
    ...['From', 'To', 'Subject'].map(
      (name) =>
        [
          `second ${name} below`,
          /\r\nMIME-Version:/,
          `\r\n${name}: eve@example.com\r\nMIME-Version:`,
        ] as const,
    ),
  ])('with another %s fails', async (_what, before, after) => {
    const signed = (await signedIssue(signer)).toString('latin1');
    const changed = signed.replace(before, after);
    expect(changed).not.toBe(signed);
    const judged = await verdicts(Buffer.from(changed, 'latin1'), keys);
    // The verifier calls it neutral when the body's hash is another.
    expect(judged).toEqual(keys.map(({ key }) => expect.stringMatching(`^${key.selector}: (fail|neutral)$`)));
  });

  test('passes with its fields folded anew, and with what a relay adds', async () => {
    const signed = (await signedIssue(signer)).toString('latin1');
    const relayed = `Received: from here\r\n${signed}`
      .replace('Subject: The first frost', 'SUBJECT:  The\r\n\tfirst  frost ')
      .replace('\r\nMIME-Version:', '\r\nX-Relay: yes\r\nSender: relay@example.org\r\nMIME-Version:');
    expect(await verdicts(Buffer.from(relayed, 'latin1'), keys)).toEqual(passed);
  });
});

test('every field that a receiver asks for is signed, both List-Unsubscribe fields among them', async () => {
  const signed = (await signedIssue(openDkimSigner([one.key]))).toString('latin1');
  const names = / h=([^;]+);/.exec(signed)?.[1]?.replace(/\s/g, '').replaceAll(':', ' ');
  expect(names).toBe(
    'From From Reply-To Reply-To To To Cc Subject Subject Date Date Message-ID MIME-Version ' +
      'Content-Type Content-Type Content-Language List-Id List-Unsubscribe List-Unsubscribe-Post ' +
      'List-Archive Feedback-ID Precedence',
  );
});

test.each(WAYS)(
  'random messages pass with %s, whatever spaces and empty lines they have',
  async (_n, keys) => {
    const signer = openDkimSigner(keys.map(({ key }) => key));
    const passed = keys.map(({ key }) => `${key.selector}: pass`);
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\r\n', '.', 'é'), maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(text, text, async (subject, body) => {
        const header = `From: ivy@example.com\r\nSubject: x ${subject.replaceAll('\r\n', '\r\n ')}y\r\n\r\n`;
        const message = Buffer.from(`${header}${body === '' ? '' : `${body}\r\n`}`);
        expect(await verdicts(await signLetter(message as WireBytes, signer), keys)).toEqual(passed);
      }),
      { numRuns: 100 },
    );
  },
);

test('with RSA other work goes on meanwhile; with Ed25519 alone there is nothing to wait for', async () => {
  const message = issue(new Slab(), 0);
  expect(openDkimSigner([one.key]).sign(message)).toBeInstanceOf(Promise);
  expect(openDkimSigner([one.key, two.key]).sign(message)).toBeInstanceOf(Promise);
  expect(openDkimSigner([two.key]).sign(message)).toBeTypeOf('string');
});

test('messages signed at the same time, each in its slab, do not touch each other', async () => {
  const signer = openDkimSigner([one.key, two.key]);
  const slabs = [new Slab(64), new Slab(64), new Slab()];
  const names = Array.from({ length: 30 }, (_, n) => `Reader ${n}`);
  for (let first = 0; first < names.length; first += slabs.length) {
    const signed = slabs.map((slab, index) =>
      Promise.resolve(
        signInSlab(slab, signer, (room) => issue(slab, room, renderedGarden(), names[first + index])),
      ),
    );
    for (const [index, bytes] of (await Promise.all(signed)).entries()) {
      expect(bytes.toString('latin1')).toContain(`To: ${names[first + index]} <ash@example.com>`);
      expect(await verdicts(bytes, [one, two])).toEqual(['one: pass', 'two: pass']);
    }
  }
});

describe('nothing unsigned gets out', () => {
  const signer = openDkimSigner([two.key]);

  test.each([
    ['without an end of its headers', 'From: ivy@example.com\r\n', 'without an end of its headers'],
    ['whose last line does not end', 'From: ivy@example.com\r\n\r\nDear', 'does not end'],
    ['with half a line end', 'From: ivy@example.com\r\n\r\nDear\n', 'does not end'],
  ])('of a message %s', (_what, message, words) => {
    expect(() => signer.sign(Buffer.from(message))).toThrow(words);
  });

  test('with a key that turns out not to sign', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    expect(() => openDkimSigner([{ ...one.key, privateKey }])).toThrow(Error);
    expect(() => openDkimSigner([])).toThrow('no key');
  });

  test('where the signatures have no room', () => {
    const slab = new Slab();
    const cramped: DkimSigner = { ...signer, room: signer.room - 200 };
    expect(() => signInSlab(slab, cramped, (room) => issue(slab, room))).toThrow('are kept for it');
  });
});

test('the room for signatures is not far from what they need', async () => {
  const signer = openDkimSigner([one.key, two.key]);
  const needed = (await signedIssue(signer)).length - issue(new Slab(), 0).length;
  expect(signer.room).toBeGreaterThanOrEqual(needed);
  expect(signer.room - needed).toBeLessThan(100);
});

function issue(
  slab: Slab,
  room: number,
  rendered = renderedGarden(),
  name: string | undefined = 'Ash',
): WireBytes {
  const compiled = compileMessage(rendered, { domain: 'letters.example.com' });
  if (compiled.kind === 'refused') throw new Error(compiled.reason);
  return compiled.write(slab, ashFields({ to: { name, address: 'ash@example.com' as EmailAddress } }), room);
}

async function signedIssue(
  signer: DkimSigner,
  rendered = renderedGarden(),
  slab = new Slab(),
): Promise<Buffer> {
  return signInSlab(slab, signer, (room) => issue(slab, room, rendered));
}

function letter(): WireBytes {
  const message = letterMessage({
    from: { name: 'Ivy Garden', address: 'ivy@example.com' as EmailAddress },
    to: { name: '', address: 'ash@example.com' as EmailAddress },
    subject: 'Please confirm',
    messageId: '<one@example.com>',
    date: 0,
    language: 'en',
    text: 'Confirm.',
    html: '<p>Confirm.</p>',
  });
  if ('kind' in message) throw new Error(message.reason);
  return message;
}
