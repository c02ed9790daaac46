import type { IssuePage } from '../../domain/issue-page.ts';
import type { Store } from '../../store/open-store.ts';

/** What a list says of an issue. */
export type IssueFacts = Pick<IssuePage, 'title' | 'description' | 'date' | 'readingMinutes'>;

/** Looks facts up by the hash of a rendered issue. */
export type FindFacts = (rendered: string) => Promise<IssueFacts>;

const MOST_KEPT = 5_000;

/** Facts of issues, each read once: a rendered issue never changes, and a list of 500 would read as many articles for every visitor. */
export function rememberFacts({ rendered }: Store): FindFacts {
  const known = new Map<string, Promise<IssueFacts>>();
  const read = async (hash: string): Promise<IssueFacts> => {
    const { title, description, date, readingMinutes } = (await rendered.get(hash)).page;
    return { title, description, readingMinutes, ...(date !== undefined && { date }) };
  };
  return (hash) => {
    const found = known.get(hash) ?? read(hash);
    if (!known.has(hash)) {
      if (known.size >= MOST_KEPT) known.delete(known.keys().next().value ?? '');
      known.set(hash, found);
      found.catch(() => known.delete(hash));
    }
    return found;
  };
}
