import type { Departure } from '../../domain/story.ts';

const KNOWN: readonly Departure[] = ['unsubscribed', 'removed', 'erased', 'rejected', 'suppressed'];

/** How somebody left, from what the ledger keeps with the end of a subscription. */
export const departureOf = (reason: string | undefined): Departure =>
  KNOWN.find((known) => known === reason) ?? 'unsaid';
