import { readFile } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { EXIT, isRefusal, type Refusal } from '../domain/refusal.ts';
import type { DkimKey } from '../mail/dkim/dkim-key.ts';
import type { DkimSigner } from '../mail/dkim/dkim-signer.ts';

/** What signs here; undefined when nothing is set up. Refuses a key that cannot be read or used. */
export async function loadDkimSigner({ dkim }: Config): Promise<DkimSigner | Refusal | undefined> {
  if (dkim === undefined) return undefined;
  const keys: DkimKey[] = [];
  for (const { selector, file } of dkim.keys) {
    const key = await loadKey(file, dkim.domain, selector);
    if (isRefusal(key)) return key;
    keys.push(key);
  }
  const { openDkimSigner } = await import('../mail/dkim/dkim-signer.ts');
  return openDkimSigner(keys);
}

async function loadKey(file: string, domain: string, selector: string): Promise<DkimKey | Refusal> {
  const { loadDkimKey } = await import('../mail/dkim/dkim-key.ts');
  const pem = await readFile(file, 'utf8').catch((error: Error) => error);
  if (pem instanceof Error) {
    return {
      message: `The DKIM key cannot be read: ${pem.message}.`,
      fix: 'Correct PARTWORK_DKIM_KEY_FILE.',
      exitCode: EXIT.configuration,
    };
  }
  const key = loadDkimKey(pem, domain, selector);
  if (key.kind === 'key') return key;
  return {
    message: `${file}: ${key.reason}`,
    fix: 'Correct the PARTWORK_DKIM_ settings.',
    exitCode: EXIT.configuration,
  };
}
