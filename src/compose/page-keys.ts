/** Phrases of everybody's pages: `pages` in `locales/<locale>.json`. */
export const PAGE_KEYS = ['home', 'notFoundTitle', 'notFound'] as const;
