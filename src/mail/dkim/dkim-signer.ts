import { hash, sign } from 'node:crypto';
import type { DkimKey } from './dkim-key.ts';
import { MOST_NAMES, signedFields } from './signed-fields.ts';

/** Signs messages with every key that is set up. */
export interface DkimSigner {
  readonly domain: string;
  readonly selectors: readonly string[];
  /** No signature of a message with each field once is longer, in bytes. */
  readonly room: number;
  /**
   * The DKIM-Signature fields of a message that is not dot-stuffed, each line ended, in ASCII; the same for the same message.
   * With an RSA key a promise: that takes a quarter of a millisecond, for which there are other threads. Throws, or rejects,
   * rather than give none.
   */
  sign(message: Buffer): string | Promise<string>;
}

/** One key, with what all its signatures have in common, by the names in `h=`. */
interface Pen {
  readonly key: DkimKey;
  readonly startFor: (names: string) => FieldStart;
}

/** A signature up to the body's hash. */
interface FieldStart {
  readonly field: string;
  /** The same, as it is hashed (relaxed). */
  readonly canonical: string;
}

/** What is signed, but for the signature's own field. */
interface Unsigned {
  readonly names: string;
  readonly fields: string;
  readonly bodyHash: string;
}

const LINE = 76;
const SIGNATURE_LINE = 72;
const EMPTY_BODY = '\r\n';
const BODY_HASH_LENGTH = 44;

/** Keys of one domain, at least one. Throws without one. */
export function openDkimSigner(keys: readonly DkimKey[]): DkimSigner {
  const [first] = keys;
  if (first === undefined) throw new Error('There is no key to sign with.');
  const pens = keys.map((key) => ({ key, startFor: fieldStarts(key) }));
  return {
    domain: first.domain,
    selectors: keys.map(({ selector }) => selector),
    room: pens.reduce((room, pen) => room + longestField(pen), 0),
    sign(message) {
      const unsigned = unsignedParts(message);
      const fields = pens.map((pen) => signatureField(pen, unsigned));
      return fields.every((field) => typeof field === 'string')
        ? fields.join('')
        : Promise.all(fields.map((field) => Promise.resolve(field))).then((all) => all.join(''));
    },
  };
}

function fieldStarts({ algorithm, domain, selector }: DkimKey): Pen['startFor'] {
  const known = new Map<string, FieldStart>();
  return (names) => {
    const before = known.get(names);
    if (before !== undefined) return before;
    // Bodies are hashed as they are ("simple"): ours are base64, in which there is no space that could change on the way.
    const tags = `v=1; a=${algorithm}; c=relaxed/simple;\r\n d=${domain}; s=${selector};\r\n `;
    const field = `DKIM-Signature: ${tags}${foldedNames(names)};\r\n bh=`;
    const canonical = field.replace('DKIM-Signature: ', 'dkim-signature:').replaceAll('\r\n ', ' ');
    const start = { field, canonical };
    known.set(names, start);
    return start;
  };
}

function foldedNames(names: string): string {
  const lines = ['h='];
  for (const word of names.split(/(?<=:)/)) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length < LINE) lines[lines.length - 1] = line + word;
    else lines.push(word);
  }
  return lines.join('\r\n ');
}

function longestField({ key, startFor }: Pen): number {
  const { field } = startFor(MOST_NAMES);
  return `${field}${'x'.repeat(BODY_HASH_LENGTH)}${foldedSignature(signature(key, Buffer.alloc(0)))}`.length;
}

function unsignedParts(message: Buffer): Unsigned {
  const headerEnd = message.indexOf('\r\n\r\n');
  if (headerEnd === -1) throw new Error('A message without an end of its headers cannot be signed.');
  const { names, text } = signedFields(message.toString('latin1', 0, headerEnd));
  return { names, fields: text, bodyHash: hash('sha256', simpleBody(message, headerEnd + 4), 'base64') };
}

/** The body without empty lines at its end, and with a line end in any case (RFC 6376 §3.4.3). */
function simpleBody(message: Buffer, start: number): Buffer | string {
  if (message.length === start) return EMPTY_BODY;
  let end = message.length;
  while (end > start + 2 && message.toString('latin1', end - 4, end) === '\r\n\r\n') end -= 2;
  if (message.toString('latin1', end - 2, end) !== '\r\n') {
    throw new Error('A message whose last line does not end cannot be signed.');
  }
  return message.subarray(start, end);
}

function signatureField(
  { key, startFor }: Pen,
  { names, fields, bodyHash }: Unsigned,
): string | Promise<string> {
  const { field, canonical } = startFor(names);
  const data = Buffer.from(`${fields}${canonical}${bodyHash}; b=`, 'latin1');
  const whole = (signed: Buffer): string => `${field}${bodyHash}${foldedSignature(signed)}`;
  if (key.algorithm === 'ed25519-sha256') return whole(signature(key, data));
  return new Promise((resolve, reject) => {
    sign('sha256', data, key.privateKey, (error, signed) => {
      if (error === null) resolve(whole(signed));
      else reject(error);
    });
  });
}

/** Ed25519 signs the hash, not the text (RFC 8463 §3). */
const signature = ({ algorithm, privateKey }: DkimKey, data: Buffer): Buffer =>
  algorithm === 'rsa-sha256'
    ? sign('sha256', data, privateKey)
    : sign(null, hash('sha256', data, 'buffer'), privateKey);

function foldedSignature(signed: Buffer): string {
  const text = signed.toString('base64');
  let field = ';\r\n b=';
  for (let start = 0; start < text.length; start += SIGNATURE_LINE) {
    field += `${start === 0 ? '' : '\r\n '}${text.slice(start, start + SIGNATURE_LINE)}`;
  }
  return `${field}\r\n`;
}
