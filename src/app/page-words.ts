import { existsSync } from 'node:fs';
import type { WebWords } from '../compose/web-words.ts';
import type { Config } from '../config.ts';
import type { Locale } from '../domain/locale.ts';
import { formatProblem } from '../domain/problem.ts';
import { EXIT, type Refusal } from '../domain/refusal.ts';

/** The words of the pages, the writer's own where they changed them. Refuses words that cannot be used. */
export async function loadPageWords({
  templatesFolder,
}: Pick<Config, 'templatesFolder'>): Promise<ReadonlyMap<Locale, WebWords> | Refusal> {
  const { loadWebWords } = await import('../compose/web-words.ts');
  const words = await loadWebWords(existsSync(templatesFolder) ? templatesFolder : undefined);
  if (!('severity' in words)) return words;
  const { fix = '', ...problem } = words;
  return { message: formatProblem(problem), fix, exitCode: EXIT.content };
}
