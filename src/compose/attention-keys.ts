/** What needs a person's attention, a sentence for each kind: `attention` in `locales/<locale>.json`. */
export const ATTENTION_KEYS = [
  'paused',
  'cancelled',
  'mailBlocked',
  'noWorkers',
  'limited',
  'limitedUntil',
  'stuck',
  'manyRejected',
  'held',
  'manyDeferred',
  'countsDiffer',
  'placesDiffer',
] as const;

export type AttentionWords = Readonly<Record<(typeof ATTENTION_KEYS)[number], string>>;
