import { readingOf, type Reading } from '../../domain/reading.ts';
import type { TokenOwner } from '../../domain/token.ts';
import type { Store } from '../../store/open-store.ts';
import { lookAtReader } from './look-at-reader.ts';

/** How a reader's way through a series stands; undefined for who was never in it or was erased, and before the first `schedule`. Reads only. */
export async function findReading(
  { store }: { store: Store },
  owner: TokenOwner,
): Promise<Reading | undefined> {
  const look = await lookAtReader({ store }, owner, (series) => store.plans.find(series));
  if (look === undefined) return undefined;
  const { record, subscription, underWay } = look.reader;
  const { name, language } = record.subscriber;
  return readingOf(
    look.plan,
    {
      owner,
      name,
      ...(language !== undefined && { language }),
      subscription,
      history: record.history.filter(({ series }) => series === owner.series),
      ...(underWay !== undefined && { underWay }),
    },
    look.now,
  );
}
