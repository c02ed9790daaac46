import type { Problem } from '../domain/problem.ts';
import type { Locale } from '../domain/locale.ts';
import { readPhrases } from './phrases.ts';
import type { Templates } from './template/load-templates.ts';

const KEYS = [
  'greetingNamed',
  'greetingPlain',
  'part',
  'readingTime',
  'previous',
  'next',
  'image',
  'imageWithoutWords',
  'notes',
  'backToText',
  'source',
  'inThisSeries',
  'thisIssue',
  'moreIssues',
  'why',
  'unsubscribe',
  'reader',
  'web',
  'seeOnWeb',
  'seeOnBlog',
  'notShown',
  'readOn',
  'diagram',
  'diagramOnBlog',
  'diagramNotShown',
  'watchVideo',
  'listen',
  'openOn',
  'codeOn',
  'formula',
  'note',
  'tip',
  'important',
  'warning',
  'caution',
] as const;

/** The phrases of an issue in the reader's language; `{…}` stands for a value. */
export type Words = Readonly<Record<(typeof KEYS)[number], string>>;

/** The words for issues: the key `issue` of `locales/<locale>.json`. */
export const readWords = (templates: Templates, locale: Locale): Words | Problem =>
  readPhrases(templates, locale, 'issue', KEYS);

/** Whether the writer has a file of words of their own, which may be in any language. */
export function areWritersWords(templates: Templates, locale: Locale): boolean {
  const file = templates.get(`locales/${locale}.json`);
  return file?.instead !== undefined && file.instead.source !== file.source;
}

/** How these words speak of an image that cannot be shown. */
export const imageLabelFrom =
  (words: Words) =>
  (alt: string): string =>
    alt === '' ? words.imageWithoutWords : words.image.replace('{alt}', () => alt);
