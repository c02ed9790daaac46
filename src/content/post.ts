import { readFile, stat } from 'node:fs/promises';
import type { Problem } from '../domain/problem.ts';
import { NO_FRONT_MATTER, type FrontMatter } from './front-matter-value.ts';
import { parseFrontMatter } from './front-matter.ts';
import { postNameOf, type PostName } from './post-name.ts';

/** Where a Markdown file was found. */
export interface MarkdownFile {
  /** Absolute, symbolic links resolved: what tells two files apart. */
  readonly path: string;
  /** As problems show it. */
  readonly file: string;
  /** Inside the folder that was searched, with `/`, NFC: `garden/03-frost.md`. */
  readonly place: string;
}

/** One Markdown file of a blog, parsed but not judged: which fields matter depends on the series that takes it. */
export interface Post extends MarkdownFile {
  readonly name: PostName;
  readonly data: FrontMatter;
  readonly body: string;
  readonly bodyLine: number;
  /** Why its front matter could not be read; `data` is empty then. */
  readonly faults: readonly Problem[];
}

const MOST_BYTES = 4 * 1024 * 1024;
const NOT_READABLE: Readonly<Record<string, string>> = {
  EACCES: 'This account may not read it.',
  EPERM: 'This account may not read it.',
  ENOENT: 'It has just been moved or deleted.',
};

/** Reads one file. Whatever keeps it from being read is in `faults`. */
export async function readPost(found: MarkdownFile): Promise<Post> {
  const text = await readText(found);
  const parsed = typeof text === 'string' ? parseFrontMatter(text, found.file) : [text];
  const name = postNameOf(`/${found.place}`);
  return Array.isArray(parsed)
    ? { ...found, name, data: NO_FRONT_MATTER, body: '', bodyLine: 1, faults: parsed }
    : { ...found, name, ...parsed, faults: [] };
}

async function readText({ path, file }: MarkdownFile): Promise<string | Problem> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES)
      return problem(file, 'The file is over 4 MB; no mail can be that long.', 'Split it.');
    return decode(await readFile(path)) ?? problem(file, 'The file is not UTF-8 text.', 'Save it as UTF-8.');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === '') throw error;
    return problem(file, `The file cannot be read (${code}). ${NOT_READABLE[code] ?? ''}`.trim());
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    // The byte order mark is left to the front matter's reader.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

const problem = (file: string, message: string, fix?: string): Problem => ({
  severity: 'error',
  file,
  message,
  ...(fix === undefined ? {} : { fix }),
});
