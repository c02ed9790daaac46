import { LETTER_KINDS, type LetterKind } from '../domain/letter.ts';

/** What a letter says, from its head down. A phrase that is '' is left out. */
const PARTS = ['Subject', 'Title', 'Text', 'More', 'Button', 'Note'] as const;

type LetterPart = (typeof PARTS)[number];

export type LetterKey = `${LetterKind}${LetterPart}` | 'others' | 'why' | 'unsubscribe' | 'reader';

/** Phrases of letters: `letters` in `locales/<locale>.json`. */
export const LETTER_KEYS: readonly LetterKey[] = [
  ...LETTER_KINDS.flatMap((kind) => PARTS.map((part) => `${kind}${part}` as const)),
  'others',
  'why',
  'unsubscribe',
  'reader',
];

export type LetterWords = Readonly<Record<LetterKey, string>>;
