import { filledIn } from '../../../domain/filled-in.ts';
import type { IssueRef } from '../../../domain/story.ts';
import type { BoardView } from './board-view.ts';
import { harmless } from './foreign.tsx';

/** `2. Thaw`, `第 2 篇〈融雪〉`; one that was taken out has no number. */
export const issueName = ({ title, number }: IssueRef, { words: { story } }: BoardView): string =>
  number === undefined
    ? harmless(title)
    : filledIn(story.issueNumbered, { n: number, title: harmless(title) });
