import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Blog } from '../domain/blog.ts';
import { localeOf } from '../domain/locale.ts';
import { packageFolder } from './package-folder.ts';

/** A folder that is about to become a writer's. Paths are inside it. */
export interface NewFolder {
  readonly findBlog: () => Promise<Blog | undefined>;
  readonly readText: (path: string) => Promise<string | undefined>;
  readonly holdsAnything: (path: string) => Promise<boolean>;
  readonly writeNew: (path: string, text: string) => Promise<void>;
  readonly append: (path: string, text: string) => Promise<void>;
  /** The templates that ship with Partwork, by their paths. */
  readonly templates: () => Promise<ReadonlyMap<string, string>>;
  /** A small series to begin with, in the language whose words its readers get. */
  readonly starterSeries: (language: string) => Promise<ReadonlyMap<string, string>>;
}

export function openNewFolder(folder: string): NewFolder {
  return {
    async findBlog() {
      const { findBlog } = await import('../content/blog/find-blog.ts');
      return findBlog(folder);
    },
    readText: (path) => ifThere(readFile(join(folder, path), 'utf8')),
    async holdsAnything(path) {
      const found = await ifThere(stat(join(folder, path)));
      return found?.isDirectory() === true
        ? (await readdir(join(folder, path))).length > 0
        : found !== undefined;
    },
    async writeNew(path, text) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text, { flag: 'wx' });
    },
    append: (path, text) => appendFile(join(folder, path), text),
    async templates() {
      const { isOfMails } = await import('../compose/template/is-of-mails.ts');
      const all = await filesBelow(join(packageFolder(), 'templates'));
      return new Map([...all].filter(([path]) => isOfMails(path)));
    },
    starterSeries: (language) =>
      filesBelow(fileURLToPath(new URL(`starter/${localeOf(language)}`, import.meta.url))),
  };
}

async function filesBelow(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.toSorted().map(async (file): Promise<[string, string]> => {
        const name = file
          .slice(folder.length + 1)
          .split(sep)
          .join('/');
        return [name, await readFile(file, 'utf8')];
      }),
    ),
  );
}

async function ifThere<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return undefined;
  }
}
