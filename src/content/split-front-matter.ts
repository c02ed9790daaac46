import type { Fault } from './complaints.ts';
import { endOfJsonHead } from './json/json-head.ts';

export type HeadFormat = 'yaml' | 'toml' | 'json';

/** A file cut at the end of its front matter. */
export interface SplitFile {
  /** Absent when the file has no front matter. */
  readonly format?: HeadFormat;
  /** The file up to its body, fences included; '' when the file has no front matter. */
  readonly head: string;
  /** What of the head is in that format. It begins on the file's line 1: right after the opening fence, or with the brace of JSON. */
  readonly source: string;
  readonly body: string;
  /** 1-based line of the file on which the body begins. */
  readonly bodyLine: number;
}

const FENCES = { '---': 'yaml', '+++': 'toml' } as const;
type Fence = keyof typeof FENCES;

const BYTE_ORDER_MARK = '\ufeff';
const BLANK_LINES_BEFORE_HEAD =
  /^[ \t]*\r?\n\s*(?:---[ \t]*\r?\n[\w-]+[ \t]*:|\+\+\+[ \t]*\r?\n[\w-]+[ \t]*=|\{\s*"[^"\n]*"\s*:)/;
const JSON_HEAD = /^\{\s*(?:["}]|$)/;

/**
 * Cuts a Markdown file into front matter and body, as Hugo does: YAML between two lines of `---`, TOML between two of `+++`, or a JSON
 * object. Fences must be exactly that: whatever stands behind three dashes names a language to gray-matter, and some of its languages
 * run code.
 */
export function splitFrontMatter(text: string): SplitFile | Fault {
  const file = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const firstLine = lineAt(file, 0);
  for (const fence of Object.keys(FENCES) as Fence[]) {
    if (firstLine.trimEnd() === fence) return cutAtClosingFence(file, fence);
    if (firstLine.startsWith(fence)) return badFence(1, firstLine, fence);
  }
  if (JSON_HEAD.test(firstLine)) return cutAfterBrace(file);
  if (BLANK_LINES_BEFORE_HEAD.test(file.slice(0, 1000))) return blankLines(file);
  return { head: '', source: '', body: file, bodyLine: 1 };
}

function cutAtClosingFence(file: string, fence: Fence): SplitFile | Fault {
  const newline = file.indexOf(`\n${fence}`);
  if (newline < 0) return unclosed(fence);

  const fenceLine = lineAt(file, newline + 1);
  const lineNumber = countLines(file.slice(0, newline)) + 1;
  if (fenceLine.trimEnd() !== fence) return badFence(lineNumber, fenceLine, fence);

  const source = file.slice(fence.length, newline + 1);
  return cutAt(newline + 1 + fenceLine.length, file, { format: FENCES[fence], source });
}

function cutAfterBrace(file: string): SplitFile | Fault {
  const end = endOfJsonHead(file);
  if (end === undefined) return unclosedBrace();

  const behind = lineAt(file, end);
  if (behind.trim() !== '') return textBehindBrace(countLines(file.slice(0, end)), behind);
  return cutAt(end + behind.length, file, { format: 'json', source: file.slice(0, end) });
}

/** `end` is where the last line of the head ends. */
function cutAt(end: number, file: string, cut: Pick<SplitFile, 'format' | 'source'>): SplitFile {
  const head = file.slice(0, end + 1);
  return { ...cut, head, body: file.slice(end + 1), bodyLine: countLines(file.slice(0, end)) + 1 };
}

const badFence = (line: number, found: string, fence: Fence): Fault => ({
  line,
  message: `The front matter's fence must be exactly \`${fence}\`, but the line is ${JSON.stringify(found.slice(0, 40).trimEnd())}.`,
  fix: `Leave only \`${fence}\` on that line; front matter in other languages is never run.`,
});

const unclosed = (fence: Fence): Fault => ({
  line: 1,
  message: `The front matter is never closed: there is no second line of \`${fence}\`.`,
  fix: `Put a line with only \`${fence}\` between the front matter and the text.`,
});

const unclosedBrace = (): Fault => ({
  line: 1,
  message: 'The front matter is never closed: its first `{` has no `}`.',
  fix: 'Put a line with only `}` between the front matter and the text.',
});

const textBehindBrace = (line: number, found: string): Fault => ({
  line,
  message: `Behind the \`}\` that closes the front matter stands ${JSON.stringify(found.trim().slice(0, 40))}.`,
  fix: 'Begin the text on the next line.',
});

function blankLines(file: string): Fault {
  const begin = file.trimStart().startsWith('{') ? '{' : file.trimStart().slice(0, 3);
  return {
    line: 1,
    message: 'There are blank lines before the front matter, so it would be read as text.',
    fix: `Make \`${begin}\` the very first line.`,
  };
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end);
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
