import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { dkimVerify } from 'mailauth';
import { loadDkimKey, type DkimKey } from '../../src/mail/dkim/dkim-key.ts';

/** A key of example.com, with what the DNS says of it. */
export interface TestKey {
  readonly key: DkimKey;
  readonly pem: string;
  readonly record: string;
}

export function rsaKey(selector: string, bits = 2048): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return testKey(selector, privateKey, `v=DKIM1; k=rsa; p=${spki}`);
}

/** The record has the 32 bytes of the key itself, without what SPKI puts around them (RFC 8463 §4). */
export function ed25519Key(selector: string): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return testKey(
    selector,
    privateKey,
    `v=DKIM1; k=ed25519; p=${Buffer.from(x, 'base64url').toString('base64')}`,
  );
}

function testKey(selector: string, privateKey: KeyObject, record: string): TestKey {
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const key = loadDkimKey(pem, 'example.com', selector);
  if (key.kind === 'refused') throw new Error(key.reason);
  return { key, pem, record };
}

/** What a verifier that is not ours says of each signature: `one: pass`. */
export async function verdicts(message: Buffer, keys: readonly TestKey[]): Promise<string[]> {
  const records = new Map(keys.map(({ key, record }) => [`${key.selector}._domainkey.example.com`, record]));
  const { results } = await dkimVerify(message, {
    resolver: (name: string): Promise<string[][]> => {
      const record = records.get(name);
      return record === undefined ? Promise.reject(new Error(`no ${name}`)) : Promise.resolve([[record]]);
    },
  });
  return results.map(({ selector, status }) => `${selector}: ${status.result}`);
}
