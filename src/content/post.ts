import { readFile, stat } from 'node:fs/promises';
import type { Problem } from '../domain/problem.ts';
import { NO_FRONT_MATTER, type FrontMatter } from './front-matter-value.ts';
import { parseFrontMatter } from './front-matter.ts';
import { postNameOf, type PostName } from './post-name.ts';
import { seriesLineOf } from './series-line.ts';

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
  /** Of a post that could not be read: what its text says about its series, when it says anything. */
  readonly seriesLine?: string;
}

const MOST_BYTES = 4 * 1024 * 1024;
const NOT_READABLE: Readonly<Record<string, string>> = {
  EACCES: 'This account may not read it.',
  EPERM: 'This account may not read it.',
  ENOENT: 'It has just been moved or deleted.',
};

/** Reads one file. Whatever keeps it from being read is in `faults`. */
export async function readPost(found: MarkdownFile): Promise<Post> {
  const name = postNameOf(`/${found.place}`);
  const read = await readText(found);
  const parsed = 'fault' in read ? [read.fault] : parseFrontMatter(read.text, found.file);
  if (!Array.isArray(parsed)) return { ...found, name, ...parsed, faults: [] };

  const seriesLine = seriesLineOf(read.text);
  const nothing = { data: NO_FRONT_MATTER, body: '', bodyLine: 1 };
  return { ...found, name, ...nothing, faults: parsed, ...(seriesLine === undefined ? {} : { seriesLine }) };
}

/** With a fault, `text` is what can be made of the file all the same. */
type ReadText = { readonly text: string } | { readonly text: string; readonly fault: Problem };

async function readText({ path, file }: MarkdownFile): Promise<ReadText> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES)
      return unread(problem(file, 'The file is over 4 MB; no mail can be that long.', 'Split it.'));
    return decode(await readFile(path), file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === '') throw error;
    return unread(problem(file, `The file cannot be read (${code}). ${NOT_READABLE[code] ?? ''}`.trim()));
  }
}

const unread = (fault: Problem): ReadText => ({ text: '', fault });

function decode(bytes: Uint8Array, file: string): ReadText {
  try {
    // The byte order mark is left to the front matter's reader.
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const fault = problem(file, 'The file is not UTF-8 text.', 'Save it as UTF-8.');
    return { text: new TextDecoder().decode(bytes), fault };
  }
}

const problem = (file: string, message: string, fix?: string): Problem => ({
  severity: 'error',
  file,
  message,
  ...(fix === undefined ? {} : { fix }),
});
