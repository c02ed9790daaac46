import { readFile } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { EXIT, type Refusal } from '../domain/refusal.ts';
import type { DkimKey } from '../mail/dkim.ts';

/** The key that signs here; undefined when none is set up. Refuses one that cannot be read or used. */
export async function loadKeyOf({ dkim }: Config): Promise<DkimKey | Refusal | undefined> {
  if (dkim === undefined) return undefined;
  const { loadDkimKey } = await import('../mail/dkim.ts');
  const pem = await readFile(dkim.keyFile, 'utf8').catch((error: Error) => error);
  if (pem instanceof Error) {
    return {
      message: `The DKIM key cannot be read: ${pem.message}.`,
      fix: 'Correct PARTWORK_DKIM_KEY_FILE.',
      exitCode: EXIT.configuration,
    };
  }
  const key = loadDkimKey(pem, dkim.domain, dkim.selector);
  if (key.kind === 'key') return key;
  return {
    message: `${dkim.keyFile}: ${key.reason}`,
    fix: 'Correct the PARTWORK_DKIM_ settings.',
    exitCode: EXIT.configuration,
  };
}
