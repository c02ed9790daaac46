import type { Problem } from '../domain/problem.ts';
import { listed } from './refuse-values.ts';

/** What signs mail here. */
export interface DkimSettings {
  readonly domain: string;
  /** Each signs every mail; not empty. */
  readonly keys: readonly { readonly selector: string; readonly file: string }[];
}

interface Given {
  readonly dkimDomain?: string;
  readonly dkimSelector?: string;
  /** Absolute, one on a line. */
  readonly dkimKeyFile?: string;
}

/** The settings of DKIM, or what is wrong with them; undefined when none of them is set. */
export function dkimSettings({
  dkimDomain,
  dkimSelector,
  dkimKeyFile,
}: Given): DkimSettings | Problem | undefined {
  if ((dkimDomain ?? dkimSelector ?? dkimKeyFile) === undefined) return undefined;
  if (dkimDomain === undefined || dkimSelector === undefined || dkimKeyFile === undefined) {
    return problem(
      'DKIM needs a domain, a selector and a key file; only some are set.',
      'Set PARTWORK_DKIM_DOMAIN, PARTWORK_DKIM_SELECTOR and PARTWORK_DKIM_KEY_FILE, or none of them.',
    );
  }
  const selectors = listed(dkimSelector);
  const files = dkimKeyFile.split('\n');
  if (selectors.length !== files.length) {
    return problem(
      `${selectors.length} in PARTWORK_DKIM_SELECTOR and ${files.length} in PARTWORK_DKIM_KEY_FILE do not go together.`,
      'Give as many selectors as key files, in the same order, with commas between them.',
    );
  }
  const twice = selectors.find((selector, index) => selectors.indexOf(selector) !== index);
  if (twice !== undefined) {
    return problem(
      `PARTWORK_DKIM_SELECTOR has "${twice}" twice, and one name in the DNS holds one key.`,
      'Give each key a selector of its own.',
    );
  }
  return {
    domain: dkimDomain,
    keys: files.map((file, index) => ({ selector: selectors[index] ?? '', file })),
  };
}

const problem = (message: string, fix: string): Problem => ({
  severity: 'error',
  file: '(settings)',
  message,
  fix,
});
