import { posix } from 'node:path';
import type { Blog } from '../domain/blog.ts';

/** Files by their paths inside a folder, with `/`. */
export type Files = ReadonlyMap<string, string>;

export interface InitTools {
  readonly findBlog: () => Promise<Blog | undefined>;
  /** A file's text; undefined when it is not there. */
  readonly readText: (path: string) => Promise<string | undefined>;
  /** Whether there is a file, or a folder with anything in it. */
  readonly holdsAnything: (path: string) => Promise<boolean>;
  /** Writes a file that must not be there yet, with the folders above it. */
  readonly writeNew: (path: string, text: string) => Promise<void>;
  readonly append: (path: string, text: string) => Promise<void>;
  /** The templates that ship with Partwork. */
  readonly templates: () => Promise<Files>;
  /** A small series to begin with. */
  readonly starterSeries: (language: string) => Promise<Files>;
  readonly settingsFile: (known: KnownOfFolder) => string;
}

export interface KnownOfFolder {
  readonly contentFolder?: string;
  readonly templatesFolder?: string;
  readonly siteUrl?: string;
  readonly language?: string;
  readonly timezone?: string;
}

export interface InitWish {
  readonly language?: string;
  readonly withTemplates: boolean;
  /** Of a folder that has settings already. */
  readonly folders?: { readonly content: string; readonly templates: string };
}

/** What was done with one of the things a folder needs. */
export interface InitStep {
  readonly path: string;
  readonly kind: 'settings' | 'content' | 'templates' | 'gitignore';
  readonly did: 'made' | 'kept' | 'added to' | 'left out';
  /** How many files were made. */
  readonly files: number;
}

export interface InitReport {
  readonly blog?: Blog;
  readonly steps: readonly InitStep[];
}

const SETTINGS = 'partwork.yaml';
const GITIGNORE = '.gitignore';
/** The ledger, and what holds passwords. */
const NEVER_COMMITTED = ['.partwork/', '.env'];

/** Makes a folder ready to write and send from. Nothing that is there is changed, but for lines added to `.gitignore`. */
export async function initFolder(tools: InitTools, wish: InitWish): Promise<InitReport> {
  const blog = await tools.findBlog();
  const folders = wish.folders ?? foldersFor(blog);
  return {
    ...(blog !== undefined && { blog }),
    steps: [
      await makeSettings(tools, blog, wish),
      await makeContent(tools, blog, folders.content, wish.language ?? 'en'),
      await makeTemplates(tools, folders.templates, wish.withTemplates),
      await ignoreData(tools),
    ],
  };
}

const foldersFor = (blog: Blog | undefined) => ({
  content: blog?.content ?? 'content',
  // Jekyll publishes every folder that does not begin with an underscore.
  templates: blog?.kind === 'Jekyll' ? '_templates' : 'templates',
});

async function makeSettings(tools: InitTools, blog: Blog | undefined, wish: InitWish): Promise<InitStep> {
  const step = { path: SETTINGS, kind: 'settings' } as const;
  if (await tools.holdsAnything(SETTINGS)) return { ...step, did: 'kept', files: 0 };
  const { content, templates } = foldersFor(blog);
  const language = wish.language ?? blog?.language;
  const known = {
    ...(content !== 'content' && { contentFolder: content }),
    ...(templates !== 'templates' && { templatesFolder: templates }),
    ...(blog?.siteUrl !== undefined && { siteUrl: blog.siteUrl }),
    ...(language !== undefined && { language }),
    ...(blog?.timezone !== undefined && { timezone: blog.timezone }),
  };
  await tools.writeNew(SETTINGS, tools.settingsFile(known));
  return { ...step, did: 'made', files: 1 };
}

async function makeContent(
  tools: InitTools,
  blog: Blog | undefined,
  folder: string,
  language: string,
): Promise<InitStep> {
  const step = { path: folder, kind: 'content' } as const;
  if (blog !== undefined || (await tools.holdsAnything(folder))) return { ...step, did: 'kept', files: 0 };
  return { ...step, did: 'made', files: await copyInto(tools, folder, await tools.starterSeries(language)) };
}

async function makeTemplates(tools: InitTools, folder: string, isWanted: boolean): Promise<InitStep> {
  const step = { path: folder, kind: 'templates' } as const;
  // A template that was deleted to go back to ours must not come again.
  if (await tools.holdsAnything(folder)) return { ...step, did: 'kept', files: 0 };
  if (!isWanted) return { ...step, did: 'left out', files: 0 };
  return { ...step, did: 'made', files: await copyInto(tools, folder, await tools.templates()) };
}

async function copyInto(tools: InitTools, folder: string, files: Files): Promise<number> {
  for (const [name, text] of files) await tools.writeNew(posix.join(folder, name), text);
  return files.size;
}

async function ignoreData(tools: InitTools): Promise<InitStep> {
  const step = { path: GITIGNORE, kind: 'gitignore' } as const;
  const text = await tools.readText(GITIGNORE);
  const ignored = new Set(text?.split(/\r?\n/).map(bare));
  const missing = NEVER_COMMITTED.filter((line) => !ignored.has(bare(line)));
  if (missing.length === 0) return { ...step, did: 'kept', files: 0 };
  const lines = `${missing.join('\n')}\n`;
  if (text === undefined) {
    await tools.writeNew(GITIGNORE, lines);
    return { ...step, did: 'made', files: 1 };
  }
  await tools.append(GITIGNORE, text === '' || text.endsWith('\n') ? lines : `\n${lines}`);
  return { ...step, did: 'added to', files: 0 };
}

const bare = (line: string): string => line.trim().replace(/^\/|\/$/g, '');
