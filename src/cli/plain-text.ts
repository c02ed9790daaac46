import { plainColumns } from '../domain/plain-columns.ts';
import { clustersOf } from './clusters.ts';
import { textColumns } from './text-columns.ts';

/** As long as the longest line of a mail server that is kept, and a reader's name. */
const MOST_COLUMNS = 240;
/** Of one character on the screen: letters of some scripts have a few marks, emoji are joined of several, floods of marks have hundreds. */
const MOST_UNITS = 32;
/**
 * What a terminal obeys instead of showing, or what makes a line read as something it is not: C0 and C1 controls, line separators,
 * bidirectional marks, overrides and isolates, invisible operators and tag characters. Joiners are left to the scripts and emoji that need them.
 */
export const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu;
const INSTEAD = '\ufffd';

/**
 * A text that others have written – a reader's name, a title, what a mail server said – as one harmless line: what would steer the terminal
 * becomes �, and what is wider than `columns` is cut with an ellipsis.
 */
export function plainText(text: string, columns = MOST_COLUMNS): string {
  // Nothing of what lies further back is shown: a megabyte need not be cut into characters.
  const head = text.slice(0, columns * MOST_UNITS);
  if (head.length === text.length && (plainColumns(head) ?? Infinity) <= columns) return text;
  let [line, width] = ['', 0];
  for (const { segment } of clustersOf(head.replace(HIDDEN, INSTEAD))) {
    const cluster = segment.length > MOST_UNITS ? INSTEAD : segment;
    width += textColumns(cluster);
    if (width > columns) return `${line}…`;
    line += cluster;
  }
  return head.length < text.length ? `${line}…` : line;
}
