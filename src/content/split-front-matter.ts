import type { Fault } from './complaints.ts';

/** A file cut at its fences. */
export interface SplitFile {
  /** The file up to its body, fences included; '' when the file has no front matter. */
  readonly head: string;
  /** What stands between the fences. It begins on the file's line 1, right after the three dashes. */
  readonly yaml: string;
  readonly body: string;
  /** 1-based line of the file on which the body begins. */
  readonly bodyLine: number;
}

const FENCE = '---';
const BYTE_ORDER_MARK = '\ufeff';
const BLANK_LINES_BEFORE_FENCE = /^[ \t]*\r?\n\s*---[ \t]*\r?\n[\w-]+[ \t]*:/;
const JSON_HEAD = /^\{\s*(?:"|$)/;

/**
 * Cuts a Markdown file into front matter and body. Both fences must be lines of exactly three dashes: whatever stands behind
 * them names a language to gray-matter, and some of its languages run code.
 */
export function splitFrontMatter(text: string): SplitFile | Fault {
  const file = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const firstLine = lineAt(file, 0);
  if (firstLine.startsWith(FENCE)) {
    return firstLine.trimEnd() === FENCE ? cutAtClosingFence(file) : badFence(1, firstLine);
  }
  return otherHead(file, firstLine) ?? { head: '', yaml: '', body: file, bodyLine: 1 };
}

function cutAtClosingFence(file: string): SplitFile | Fault {
  const newline = file.indexOf(`\n${FENCE}`);
  if (newline < 0) return unclosed();

  const fenceLine = lineAt(file, newline + 1);
  const lineNumber = countLines(file.slice(0, newline)) + 1;
  if (fenceLine.trimEnd() !== FENCE) return badFence(lineNumber, fenceLine);

  const bodyStart = newline + 1 + fenceLine.length + 1;
  return {
    head: file.slice(0, bodyStart),
    yaml: file.slice(FENCE.length, newline),
    body: file.slice(bodyStart),
    bodyLine: lineNumber + 1,
  };
}

function otherHead(file: string, firstLine: string): Fault | undefined {
  if (firstLine.trimEnd() === '+++') return notYaml('TOML (`+++`)');
  if (JSON_HEAD.test(firstLine)) return notYaml('JSON (`{`)');
  if (!BLANK_LINES_BEFORE_FENCE.test(file.slice(0, 1000))) return undefined;
  return {
    line: 1,
    message: 'There are blank lines before the front matter, so it would be read as text.',
    fix: 'Make `---` the very first line.',
  };
}

const notYaml = (format: string): Fault => ({
  line: 1,
  message: `The front matter is ${format}; only YAML between two lines of \`---\` is read.`,
  fix: 'Write this front matter as YAML; Hugo reads both.',
});

const badFence = (line: number, found: string): Fault => ({
  line,
  message: `The front matter's fence must be exactly \`---\`, but the line is ${JSON.stringify(found.slice(0, 40).trimEnd())}.`,
  fix: 'Leave only the three dashes on that line; front matter in other languages is never run.',
});

const unclosed = (): Fault => ({
  line: 1,
  message: 'The front matter is never closed: there is no second line of `---`.',
  fix: 'Put a line with only `---` between the front matter and the text.',
});

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end);
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
