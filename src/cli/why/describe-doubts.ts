import { count } from '../count.ts';

/** The end of a line about an issue: how often nobody could know whether a copy was taken; '' = always known. */
export const describeDoubts = (doubts: number): string =>
  doubts === 0 ? '' : `; may have come twice: the outcome was unknown ${count(doubts, 'time')}`;
