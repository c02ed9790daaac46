import type { Page } from '../page/page.ts';
import { lettersOf, type Letters, type Range } from './letters.ts';

const ADDRESS = String.raw`<[a-z][a-z\d+.-]*:[^<>\s]+>`;
/** Addresses behind their words, `[1]` of notes, `[Image: a pot]` in whatever language, and the numbers of lists. */
const DECORATION = [
  ADDRESS,
  String.raw`\[\d{1,4}\]`,
  String.raw`\[[\p{L}\p{M} ]{1,40}[:：][^[\]<]*\]`,
  String.raw`(?<=^[ \t>→\-\d.]{0,60})\d+\.(?=\s)`,
];
const MARKS = String.raw`[^\p{L}\p{N}\p{M}]*`;
const MARKS_IN_LINE = String.raw`[^\p{L}\p{N}\p{M}\n]*`;
const MARKS_AND_ADDRESSES = String.raw`${MARKS}(?:${ADDRESS}${MARKS})*`;

const HAS_SPACES = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{M}]+$/u;

/** What in the HTML has another look in plain text. */
export type ShownOtherwise = Pick<Page, 'headingRows' | 'imageAlts'>;

/**
 * The letters of a text part. Optional is what plain text adds to say what HTML shows by its look: among it the words of images
 * and the headings of a table that is too wide, before each value. Brackets alone say nothing, since code has them too.
 */
export function textLetters(text: string, { headingRows, imageAlts }: ShownOtherwise): Letters {
  const patterns = [...DECORATION, ...imageLabels(imageAlts), ...headings(headingRows.flat())];
  const found = patterns.flatMap((one) => [...text.matchAll(new RegExp(one, 'gimu'))]);
  const ranges = found.map(({ index, 0: { length } }): Range => [index, index + length]);
  return lettersOf(text, apart(ranges.toSorted(([a], [b]) => a - b)));
}

/** Of images whose words have brackets of their own, and of those without words: `[Image]`. */
function imageLabels(alts: readonly string[]): string[] {
  const words = [...new Set(alts.filter((alt) => /[[\]<]/.test(alt)))]
    .map(pattern)
    .filter((one) => one !== '');
  return [
    ...(words.length === 0 ? [] : [String.raw`\[[^[\]]{0,40}?(?:${words.join('|')})${MARKS}\]`]),
    ...(alts.includes('') ? [String.raw`\[[\p{L}\p{M} ]{1,40}\]`] : []),
  ];
}

/** `Plant:` at the beginning of a line, also when it was wrapped or is a link. */
function headings(cells: readonly string[]): string[] {
  const spelt = [...new Set(cells)].map(pattern).filter((one) => one !== '');
  if (spelt.length === 0) return [];
  return [String.raw`^${MARKS_IN_LINE}(?:${spelt.join('|')})${MARKS_AND_ADDRESSES}:(?=\s)`];
}

/** Wrapping may part any two letters of a language written without spaces. */
const pattern = (words: string): string =>
  (words.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])
    .map((word) => (HAS_SPACES.test(word) ? word : Array.from(word).join(MARKS)))
    .join(MARKS_AND_ADDRESSES);

/** A range that begins inside another is part of it. */
function apart(ranges: readonly Range[]): Range[] {
  const kept: Range[] = [];
  for (const range of ranges) if (range[0] >= (kept.at(-1)?.[1] ?? 0)) kept.push(range);
  return kept;
}
