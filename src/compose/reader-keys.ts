/** Phrases of the pages that are a reader's own: `reader` in `locales/<locale>.json`. */
export const READER_KEYS = ['subscribe'] as const;
