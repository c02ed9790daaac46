import {
  blankPrefix,
  containerPrefix,
  marksOf,
  withoutPrefix,
  type ContainerPrefix,
} from './container-prefix.ts';
import type { TagSpan } from './pair-tags.ts';
import type { TagMarks } from './tag-marks.ts';

/** A span whose place in the text is taken by marks. */
export interface HeldTag {
  readonly span: TagSpan;
  /** Its lines without the marks of quotes, which are left in the text. */
  readonly lines: readonly string[];
  /** What stands between the two tags, freed from what its containers put before each line. */
  readonly inner?: string;
  /** 1-based line of the text on which it begins, and on which its inside does. */
  readonly line: number;
  readonly innerLine: number;
}

export interface HeldText {
  /** With as many lines as before. */
  readonly text: string;
  readonly tags: readonly HeldTag[];
}

/** Puts marks in the place of spans: one mark for each line, so that every line stays where it is and the marks stay together. */
export function holdTags(text: string, spans: readonly TagSpan[], marks: TagMarks): HeldText {
  const parts: string[] = [];
  const tags: HeldTag[] = [];
  let at = 0;
  let line = 1;
  for (const span of spans) {
    const before = text.slice(at, span.start);
    line += newlinesIn(before);
    const { held, replaced } = hold(text, span, line, (index) => marks.mark(tags.length, index));
    parts.push(before, replaced);
    tags.push(held);
    line += held.lines.length - 1;
    at = span.end;
  }
  parts.push(text.slice(at));
  return { text: parts.join(''), tags };
}

function hold(
  text: string,
  span: TagSpan,
  line: number,
  mark: (line: number) => string,
): { readonly held: HeldTag; readonly replaced: string } {
  const [first = '', ...rest] = text.slice(span.start, span.end).split(/\r?\n/);
  const prefix = rest.length === 0 ? NO_PREFIX : containerPrefix(text, span.start);
  const kept = rest.map((one) => marksOf(one, prefix));
  const lines = [first, ...rest.map((one, index) => one.slice(kept[index]?.length))];
  const replaced = lines.map((one, index) =>
    index === 0 ? mark(0) : (one === '' ? blankPrefix(prefix) : (kept[index - 1] ?? '')) + mark(index),
  );
  const innerLine =
    span.inner === undefined ? line : line + newlinesIn(text.slice(span.start, span.inner.start));
  const inner = span.inner && innerText(text.slice(span.inner.start, span.inner.end), prefix);
  return {
    held: { span, lines, line, innerLine, ...(inner === undefined ? {} : { inner }) },
    replaced: replaced.join('\n'),
  };
}

const NO_PREFIX: ContainerPrefix = { quotes: 0, indent: 0 };

const innerText = (text: string, prefix: ContainerPrefix): string =>
  text
    .split(/\r?\n/)
    .map((line, index) => (index === 0 ? line : withoutPrefix(line, prefix)))
    .join('\n');

const newlinesIn = (text: string): number => text.split('\n').length - 1;
