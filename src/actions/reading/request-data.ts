import type { TokenOwner } from '../../domain/token.ts';
import type { Queues } from '../../queue/queues.ts';
import type { Store } from '../../store/open-store.ts';

const MOST_PER_DAY = 3;

/**
 * Orders the letter that leads to everything kept about a person. It goes to their address: whoever holds a forwarded link gets
 * to see none of it.
 */
export async function requestData(
  { store, queues }: { store: Store; queues: Queues },
  { series, subscriber }: TokenOwner,
): Promise<'ordered' | 'too-often' | 'unknown'> {
  const answer = await store.reading.ask(subscriber, 'data', MOST_PER_DAY);
  if (answer !== 'asked') return answer;
  await queues.addLetter({ kind: 'data', series, subscriber, at: await store.now() });
  return 'ordered';
}
