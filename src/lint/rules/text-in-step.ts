import { differences, type Difference } from '../in-step/differences.ts';
import { htmlLetters } from '../in-step/html-letters.ts';
import { wordsAt, type Letters } from '../in-step/letters.ts';
import { textLetters } from '../in-step/text-letters.ts';
import { shorten } from '../shorten.ts';
import type { Finding, Rule } from '../rule.ts';

/** So much of a text may stand elsewhere in the other part: a date above or below the title. */
const LONGEST_MOVED = 200;
/** With more than this share of the HTML missing, the text part is another text. */
const LARGEST_SHARE = 0.2;
const NAMED = 3;

/**
 * Text and HTML say the same in the same order, letter by letter. Punctuation, layout, addresses, image descriptions and list
 * numbers may differ, and a piece of at most 200 letters may stand at another place.
 */
export const textInStep: Rule = {
  name: 'text-in-step',
  severity: 'warning',
  check({ page, text, html }, { ownTemplates }) {
    if (text === '' || html === '') return [];
    const seen = htmlLetters(page);
    const said = textLetters(text, page);
    const found = differences(seen, said);
    const missing = pieces(found, 'first', seen);
    const added = pieces(found, 'second', said);
    const isOurs = ownTemplates.html === undefined && ownTemplates.text === undefined;
    return tell(notMoved(missing, added), notMoved(added, missing), seen, isOurs ? OUR_FIX : FIX);
  },
};

interface Piece {
  readonly letters: string;
  readonly words: string;
}

const pieces = (found: readonly Difference[], where: Difference['in'], text: Letters): Piece[] =>
  found
    .filter((difference) => difference.in === where)
    .map(({ start, end }) => ({ letters: text.letters.slice(start, end), words: wordsAt(text, start, end) }));

const notMoved = (here: readonly Piece[], there: readonly Piece[]): Piece[] =>
  here.filter(
    ({ letters }) =>
      letters.length > LONGEST_MOVED ||
      !there.some((other) => other.letters.includes(letters) && other.letters.length <= LONGEST_MOVED),
  );

function tell(
  missing: readonly Piece[],
  added: readonly Piece[],
  { letters }: Letters,
  fix: string,
): Finding[] {
  if (missing.length + added.length === 0) return [];
  const share = missing.reduce((sum, { letters }) => sum + letters.length, 0) / letters.length;
  const told = [
    ...(missing.length === 0 ? [] : [`lacks what the HTML shows: ${named(missing)}`]),
    ...(added.length === 0 ? [] : [`says what the HTML does not show: ${named(added)}`]),
  ];
  return [
    {
      severity: share > LARGEST_SHARE ? 'error' : 'warning',
      message: `The text part ${told.join(', and ')}.`,
      fix,
      seek: [...missing, ...added].map(({ words }) => words.trim()),
    },
  ];
}

const FIX = 'Let the text template show what the HTML template shows.';
const OUR_FIX =
  'There is nothing for you to mend: this is a mistake of Partwork; please report it with these lines of the post.';

function named(found: readonly Piece[]): string {
  const shown = found.slice(0, NAMED).map(({ words }) => `"${shorten(words, 40)}"`);
  const others = found.length - shown.length;
  return shown.join(', ') + (others > 0 ? ` and ${others} more` : '');
}
