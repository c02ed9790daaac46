import { claimedSubscriber, keysFor, parseSubscriptionToken, type TokenOwner } from '../../domain/token.ts';
import type { Store } from '../../store/open-store.ts';

/**
 * Whose link this is; undefined for a token that is not ours. Somebody who was erased still owns their links to series that were
 * scheduled: unsubscribing once more tells them that they have left. Reads only.
 */
export async function findOwner(
  { store, secrets }: { store: Store; secrets: readonly string[] },
  purpose: 'reader' | 'unsubscribe',
  token: string,
): Promise<TokenOwner | undefined> {
  const subscriber = claimedSubscriber(token);
  if (subscriber === undefined) return undefined;
  const record = await store.subscribers.find(subscriber);
  const own = record?.subscriptions.map(({ series }) => series) ?? [];
  const candidates = new Set([...own, ...(await store.plans.names())]);
  return parseSubscriptionToken(keysFor(secrets, purpose), token, candidates);
}
