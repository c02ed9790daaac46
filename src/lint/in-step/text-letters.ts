import { lettersOf, type Letters, type Range } from './letters.ts';

/** Addresses behind their words, `[Image: …]` and `[1]`, and the numbers of lists. */
const DECORATION = /<[a-z][a-z\d+.-]*:[^<>\s]+>|\[[^[\]]*\]|^[ \t>→]*\d+\.(?=\s)/gimu;
const NOT_LETTERS = String.raw`[^\p{L}\p{N}\p{M}\n]*`;

/**
 * The letters of a text part. Optional is what plain text adds to say what HTML shows by its look, among it the headings of a
 * table that is too wide, before each value.
 */
export function textLetters(text: string, headingRows: readonly (readonly string[])[]): Letters {
  const headings = new Set(
    headingRows
      .flat()
      .map(pattern)
      .filter((one) => one !== ''),
  );
  const prefix =
    headings.size === 0
      ? []
      : [String.raw`^${NOT_LETTERS}(?:${[...headings].join('|')})${NOT_LETTERS}:(?=\s)`];
  const found = [DECORATION.source, ...prefix].flatMap((one) => [...text.matchAll(new RegExp(one, 'gimu'))]);
  const ranges = found.map(({ index, 0: { length } }): Range => [index, index + length]);
  return lettersOf(text, apart(ranges.toSorted(([a], [b]) => a - b)));
}

const pattern = (heading: string): string => (heading.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(NOT_LETTERS);

/** A range that begins inside another is part of it. */
function apart(ranges: readonly Range[]): Range[] {
  const kept: Range[] = [];
  for (const range of ranges) if (range[0] >= (kept.at(-1)?.[1] ?? 0)) kept.push(range);
  return kept;
}
