import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadContent, type LoadedContent } from '../../src/content/load-content.ts';
import { formatProblem } from '../../src/domain/problem.ts';
import { parseMailbox } from '../../src/domain/mailbox.ts';

export const NOW = Date.parse('2026-06-01T00:00:00Z');
const sender = parseMailbox('Default Sender <default@example.com>');
if (sender === undefined) throw new Error('The default sender does not parse.');
export const DEFAULTS = { from: sender, language: 'en', timezone: 'Asia/Taipei' };

/** A folder with these files, gone when the test is over. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'content-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [place, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, place)), { recursive: true });
    await writeFile(join(folder, place), text);
  }
  return folder;
}

/** A content folder with these files, loaded; files in problems are told from its root. */
export async function loaded(files: Readonly<Record<string, string | Uint8Array>>): Promise<LoadedContent> {
  return loadFolder(await folderWith(files));
}

export const loadFolder = (root: string): Promise<LoadedContent> =>
  loadContent({ root, defaults: DEFAULTS, now: NOW });

/** A post with a title, a text, and these lines of front matter. */
export const post = (...lines: readonly string[]): string =>
  ['---', 'title: A post', ...lines, '---', 'Text.', ''].join('\n');

export const index = (...lines: readonly string[]): string =>
  ['---', 'title: Garden', ...lines, '---', ''].join('\n');

/** Problems as a writer sees them, without the folder the test runs in. */
export const lines = ({ problems }: Pick<LoadedContent, 'problems'>): string[] =>
  problems.map((problem) => formatProblem(problem).replaceAll(/[^\s`]*\/content-\w{6}\/?/g, ''));

export const idsOf = ({ series }: LoadedContent, id = 'garden'): string[] | undefined =>
  series.find((one) => one.id === id)?.issues.map((issue) => issue.id);
