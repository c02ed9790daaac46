import { readFile, readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Problem } from '../../domain/problem.ts';
import { isOfMails } from './is-of-mails.ts';
import { ownTemplatesFolder } from './own-templates-folder.ts';

/** A template or a file of words, and where a writer finds it. */
export interface TemplateFile {
  readonly source: string;
  /** For messages: `templates/…` when it is ours, else inside the writer's folder. */
  readonly shownPath: string;
  readonly isOurs: boolean;
  /** Our file of the same name, when this one is the writer's. */
  readonly instead?: TemplateFile;
}

/** Every file of the templates by its path inside the folder (`issue.mjml.liquid`, `locales/en.json`). */
export type Templates = ReadonlyMap<string, TemplateFile>;

/**
 * Reads our templates and lays the writer's over them, file by file. Symbolic links that leave the writer's folder are not followed.
 * A writer's folder that cannot be read is a problem.
 */
export async function loadTemplates(writersFolder?: string): Promise<Templates | Problem> {
  const templates = new Map(await readTemplates(ownTemplatesFolder(), 'templates', true));
  if (writersFolder === undefined) return templates;
  try {
    for (const [name, file] of await readTemplates(writersFolder, writersFolder, false)) {
      const ours = templates.get(name);
      templates.set(name, ours === undefined ? file : { ...file, instead: ours });
    }
    return templates;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return unreadable(writersFolder, String(error.code));
  }
}

async function readTemplates(
  folder: string,
  shownFolder: string,
  isOurs: boolean,
): Promise<[string, TemplateFile][]> {
  const root = await realpath(folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory() && /\.(?:liquid|json|mjml)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => isOfMails(relative(root, file)))
    .toSorted();

  const inside = await Promise.all(files.map(async (file) => (await realpath(file)).startsWith(root + sep)));
  const own = files.filter((_, index) => inside[index]);
  return Promise.all(
    own.map(async (file): Promise<[string, TemplateFile]> => {
      const name = relative(root, file).split(sep).join('/');
      return [name, { source: await readFile(file, 'utf8'), shownPath: `${shownFolder}/${name}`, isOurs }];
    }),
  );
}

const unreadable = (folder: string, code: string): Problem => ({
  severity: 'error',
  file: folder,
  message: `The templates folder cannot be read (${code}).`,
  fix: 'Create it, or unset PARTWORK_TEMPLATES to use the templates that ship with Partwork.',
});
