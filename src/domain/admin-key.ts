import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { deriveKey } from './token.ts';

/** The operator's secret for /admin, as something to compare with. */
export interface AdminKey {
  /** Without one nothing that is typed signs in. */
  readonly hasSecret: boolean;
  /** In a time that says nothing of how much of it is right. */
  readonly isSecret: (given: string) => boolean;
  /** What sessions are bound to: another secret, another mark. It cannot be turned back into the secret. */
  readonly mark: string;
}

/** `secrets` are those that sign links: the mark is keyed with the first, so that a copy of the ledger is no help in guessing. */
export function adminKeyOf(secret: string | undefined, secrets: readonly string[]): AdminKey {
  const [signing] = secrets;
  if (signing === undefined) throw new Error('No secret to derive the "admin" key from.');
  const markKey = deriveKey(signing, 'admin');
  const expected = digestOf(markKey, secret ?? '');
  // Digests are of one length, whatever was typed; the key is another one in each process.
  const compareKey = randomBytes(markKey.length);
  const comparable = digestOf(compareKey, secret ?? '');
  return {
    hasSecret: secret !== undefined,
    isSecret: (given) =>
      timingSafeEqual(digestOf(compareKey, given.trim()), comparable) && secret !== undefined,
    mark: expected.toString('base64url'),
  };
}

const digestOf = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
