import type { RootContent } from 'hast';
import type { ArticleNotes } from './article-notes.ts';

/** How many bytes of a mail's HTML a part of an article takes. */
export type Weigh = (part: RootContent) => number;

/** What is left of the bytes an article may take. */
export interface Room {
  readonly left: () => number;
  /** False, and takes nothing, when a part does not fit. */
  readonly take: (part: RootContent) => boolean;
}

/** Room for the parts of an article, each with the footnotes it is the first to ask for. */
export function articleRoom(bytes: number, weigh: Weigh, notes?: ArticleNotes): Room {
  const paid = new Set<number>();
  let left = bytes;
  return {
    left: () => left,
    take: (part) => {
      const bare = weigh(part);
      if (bare > left) return false;
      const asked = [...(notes?.referencedIn(part) ?? [])].filter((number) => !paid.has(number));
      const cost = asked.reduce((sum, number) => sum + weightOf(notes?.note(number), weigh), bare);
      if (cost > left) return false;
      asked.forEach((number) => paid.add(number));
      left -= cost;
      return true;
    },
  };
}

const weightOf = (note: RootContent | undefined, weigh: Weigh): number =>
  note === undefined ? 0 : weigh(note);
