import { clustersOf } from './clusters.ts';
import { textColumns } from './text-columns.ts';
import type { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** A piece of a line, harmless and of one look. */
export interface Span {
  readonly text: string;
  readonly style?: Style;
}

/** A line of the screen before it is put into words that a terminal obeys: its width is that of its texts. */
export type Line = readonly Span[];

/** What is written on: how wide it is, and what it can show. */
export interface Paper {
  readonly columns: number;
  /** Block elements of Unicode; ASCII otherwise. */
  readonly blocks: boolean;
}

export const plain = (text: string): Line => [{ text }];
export const styled = (style: Style, text: string): Line => [{ text, style }];

export const widthOf = (line: Line): number => line.reduce((width, { text }) => width + textColumns(text), 0);

export const textOf = (line: Line): string => line.map(({ text }) => text).join('');

/** As a string that a terminal shows in colours. */
export const painted = (line: Line, style: (style: Style, text: string) => string): string =>
  line.map((span) => (span.style === undefined ? span.text : style(span.style, span.text))).join('');

/** A text cut to so many columns, with an ellipsis where something is missing. */
export function cut(text: string, columns: number): string {
  if (textColumns(text) <= columns) return text;
  if (columns < 1) return '';
  let [kept, width] = ['', 0];
  for (const { segment } of clustersOf(text)) {
    width += textColumns(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Cut or filled up to exactly so many columns. */
export function cell(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const shown = cut(text, columns);
  const spaces = ' '.repeat(Math.max(0, columns - textColumns(shown)));
  return align === 'right' ? spaces + shown : shown + spaces;
}

/** A line that is no wider than the paper. */
export function fitted(line: Line, columns: number): Line {
  if (widthOf(line) <= columns) return line;
  const spans: Span[] = [];
  let left = columns;
  for (const span of line) {
    const text = cut(span.text, left);
    if (text !== '') spans.push({ ...span, text });
    left -= textColumns(text);
    if (text !== span.text) break;
  }
  return spans;
}

/** A sentence over as many lines as it takes, with so many spaces before each; a word that is wider than a line is cut. */
export function wrapped(text: string, columns: number, { first = 0, rest = 0 } = {}): string[] {
  const lines: string[] = [];
  let line = ' '.repeat(first);
  for (const word of text.split(' ')) {
    const isEmpty = line.trim() === '';
    if (!isEmpty && textColumns(line) + 1 + textColumns(word) > columns) {
      lines.push(line);
      line = ' '.repeat(rest) + cut(word, columns - rest);
    } else line += isEmpty ? cut(word, columns - textColumns(line)) : ` ${word}`;
  }
  return [...lines, line];
}
