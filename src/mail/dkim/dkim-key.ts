import { createPrivateKey, type KeyObject } from 'node:crypto';

/** A key that signs, parsed once. */
export interface DkimKey {
  readonly kind: 'key';
  readonly domain: string;
  readonly selector: string;
  /** As `a=` says it (RFC 6376 §3.3, RFC 8463 §3). */
  readonly algorithm: 'rsa-sha256' | 'ed25519-sha256';
  readonly privateKey: KeyObject;
}

export interface RefusedDkimKey {
  readonly kind: 'refused';
  /** What is wrong with the key and what to do, for the operator. */
  readonly reason: string;
}

const SMALLEST_RSA_BITS = 1024;
const LABEL = /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i;

/** A private key in PEM → a key that can sign for `domain`, or why it cannot. */
export function loadDkimKey(pem: string, domain: string, selector: string): DkimKey | RefusedDkimKey {
  if (!LABEL.test(domain)) return refuse(`"${domain}" is not a domain name.`);
  if (!LABEL.test(selector)) return refuse(`"${selector}" is not a DKIM selector.`);

  const privateKey = parseKey(pem);
  if (privateKey === undefined) return refuse('It is not a private key in PEM without a passphrase.');

  const type = privateKey.asymmetricKeyType ?? 'unknown';
  if (type === 'ed25519') return { kind: 'key', domain, selector, algorithm: 'ed25519-sha256', privateKey };
  if (type !== 'rsa') {
    return refuse(
      `It is an ${type} key; DKIM knows RSA and Ed25519 (RFC 8463). Make an RSA key with 2048 bits.`,
    );
  }
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < SMALLEST_RSA_BITS) {
    return refuse(`It has ${bits} bits, receivers ignore less than 1024 (RFC 8301). Make one with 2048.`);
  }
  return { kind: 'key', domain, selector, algorithm: 'rsa-sha256', privateKey };
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
