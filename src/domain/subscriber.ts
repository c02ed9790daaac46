import { createHmac } from 'node:crypto';
import { identityOf, type EmailAddress } from './email-address.ts';
import type { Instant } from './instant.ts';

/** 16 base32 characters, derived from the address: knowing an address is knowing the id, without an index. */
export type SubscriberId = string & { readonly __subscriberId: never };

/** A person, known by one address. */
export interface Subscriber {
  readonly id: SubscriberId;
  readonly address: EmailAddress;
  /** '' when unknown. */
  readonly name: string;
  /** The language of pages and letters, when the reader has chosen one (BCP 47). */
  readonly language?: string;
}

/** How and when a person agreed to be mailed, kept as proof (GDPR art. 7). */
export interface Consent {
  readonly at: Instant;
  /** Where it came from: `import readers.csv`, `cli`, `form`. */
  readonly source: string;
}

export const PARTITIONS = 16;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The id of the person behind an address. Keyed with the installation's salt, so that ids in logs, jobs and suppressions
 * do not give addresses away to whoever can guess them.
 */
export function subscriberIdOf(address: EmailAddress, salt: string): SubscriberId {
  const digest = createHmac('sha256', salt).update(identityOf(address)).digest('binary');
  let id = '';
  for (let i = 0; i < 16; i++) id += ALPHABET.charAt(digest.charCodeAt(i) & 31);
  return id as SubscriberId;
}

/** Which of the 16 partitions (`p00`…`p15`) holds everything about a subscriber. */
export function partitionOf(id: SubscriberId): string {
  return partitionName(ALPHABET.indexOf(id.charAt(0)) % PARTITIONS);
}

export const partitionName = (index: number): string => `p${String(index).padStart(2, '0')}`;

export const allPartitions = (): string[] =>
  Array.from({ length: PARTITIONS }, (_, index) => partitionName(index));
