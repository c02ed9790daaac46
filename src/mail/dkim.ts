import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import signHeaders from 'nodemailer/lib/dkim/sign.js';
import type { Slab } from './slab.ts';
import type { WireBytes } from './wire-bytes.ts';

/** A key that signs, parsed once. */
export interface DkimKey {
  readonly kind: 'key';
  readonly domain: string;
  readonly selector: string;
  readonly privateKey: KeyObject;
}

export interface RefusedDkimKey {
  readonly kind: 'refused';
  /** What is wrong with the key and what to do, for the operator. */
  readonly reason: string;
}

// RFC 8058 §4 asks for both List-Unsubscribe fields to be signed; Nodemailer's own list has only the first.
const SIGNED_FIELDS = [
  'From:To:Reply-To:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Language:Auto-Submitted',
  'List-Id:List-Unsubscribe:List-Unsubscribe-Post:List-Archive:Feedback-ID:Precedence',
].join(':');
const CRLF = Buffer.from('\r\n');
const SMALLEST_RSA_BITS = 1024;
const LABEL = /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i;

/** A private key in PEM → a key that can sign for `domain`, or why it cannot. */
export function loadDkimKey(pem: string, domain: string, selector: string): DkimKey | RefusedDkimKey {
  if (!LABEL.test(domain)) return refuse(`"${domain}" is not a domain name.`);
  if (!LABEL.test(selector)) return refuse(`"${selector}" is not a DKIM selector.`);

  const privateKey = parseKey(pem);
  if (privateKey === undefined) return refuse('It is not a private key in PEM without a passphrase.');

  const type = privateKey.asymmetricKeyType ?? 'unknown';
  // Nodemailer signs with RSA only, and sends without a signature, silently, when it is given another kind.
  if (type !== 'rsa')
    return refuse(`It is an ${type} key; only RSA keys sign here. Make one with 2048 bits.`);
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < SMALLEST_RSA_BITS) {
    return refuse(`It has ${bits} bits, receivers ignore less than 1024 (RFC 8301). Make one with 2048.`);
  }
  return { kind: 'key', domain, selector, privateKey };
}

/** The message in the slab with a DKIM-Signature before it, in the same slab. */
export function signInSlab(slab: Slab, message: WireBytes, key: DkimKey): WireBytes {
  const header = Buffer.from(dkimSignature(message, key), 'latin1');
  const target = slab.reserve(header.length + message.length);
  message.copy(target, header.length);
  header.copy(target);
  return target.subarray(0, header.length + message.length) as WireBytes;
}

/** The DKIM-Signature field of a message, line end included (RFC 6376, relaxed/relaxed). Throws rather than give none. */
export function dkimSignature(message: Buffer, { privateKey, domain, selector }: DkimKey): string {
  const bodyStart = message.indexOf('\r\n\r\n') + 4;
  if (bodyStart < 4) throw new Error('A message without an end of its headers cannot be signed.');

  const headers = parseHeaders(message.toString('latin1', 0, bodyStart - 4));
  const bodyHash = createHash('sha256')
    .update(relaxed(message.subarray(bodyStart)))
    .digest('base64');
  const field = signHeaders(headers, 'sha256', bodyHash, {
    domainName: domain,
    keySelector: selector,
    privateKey,
    headerFieldNames: SIGNED_FIELDS,
  });
  if (field === false || !/\bb=[A-Za-z0-9+/]/.test(field)) {
    throw new Error(`The DKIM key of ${domain} gave no signature; nothing was sent.`);
  }
  return `${field}\r\n`;
}

function refuse(problem: string): RefusedDkimKey {
  return { kind: 'refused', reason: `This DKIM key cannot be used. ${problem}` };
}

function parseKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    // OpenSSL's own words ("DECODER routines::unsupported") help nobody; the caller says what was expected.
    return undefined;
  }
}

function parseHeaders(text: string): { key: string; line: string }[] {
  return text
    .split(/\r\n(?![ \t])/)
    .map((line) => ({ key: line.slice(0, line.indexOf(':')).trim().toLowerCase(), line }));
}

/** RFC 6376 §3.4.4. What we write ourselves is in that form already, which is quicker to see than to do. */
function relaxed(body: Buffer): Buffer {
  const asIs =
    !body.includes('  ') && !body.includes('\t') && !body.includes(' \r\n') && !body.includes('\r\n\r\n', -4);
  if (asIs && body.subarray(-2).equals(CRLF)) return body;

  const text = body
    .toString('latin1')
    .replace(/[ \t]+/g, ' ')
    .replace(/ (?=\r\n|$)/g, '');
  const trimmed = text.replace(/(?:\r\n)+$/, '');
  return Buffer.from(trimmed === '' ? '' : `${trimmed}\r\n`, 'latin1');
}
