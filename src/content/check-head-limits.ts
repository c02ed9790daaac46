import type { Fault } from './complaints.ts';

/** How many levels of maps and lists a front matter may have, its own keys being the first. */
export const DEEPEST = 20;

const MOST_BYTES = 64 * 1024;
// gray-matter looks for comments with an expression that takes time by the square of the blank lines.
const MOST_LINES = 2_000;
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff]/;

/** What forbids parsing a front matter at all, in whatever language. It must begin on its file's line 1. */
export function checkHeadLimits(source: string): Fault | undefined {
  if (Buffer.byteLength(source) > MOST_BYTES) return tooMuch('is over 64 kB');
  if ((source.match(LINE_BREAK) ?? []).length > MOST_LINES) return tooMuch(`has over ${MOST_LINES} lines`);

  const control = CONTROL.exec(source);
  return control === null ? undefined : controlCharacter(source, control.index);
}

export const tooMuch = (how: string): Fault => ({
  line: 1,
  message: `The front matter ${how}.`,
  fix: 'Move text that belongs to the post below it.',
});

export const tooDeep = (line: number): Fault => ({
  line,
  message: `The front matter is nested over ${DEEPEST} levels deep.`,
  fix: 'Flatten it.',
});

const controlCharacter = (source: string, index: number): Fault => ({
  line: source.slice(0, index).split('\n').length,
  message: `The front matter has a control character (U+${hex(source.charCodeAt(index))}).`,
  fix: 'Delete it; it does not show in most editors.',
});

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');
