/** Languages we have words for. */
export const LOCALES = ['en', 'zh-Hant', 'zh-Hans'] as const;

export type Locale = (typeof LOCALES)[number];

/** The words to use with a series' language (BCP 47): Chinese readers get those of the writing they read, everybody else English. */
export function localeOf(language: string): Locale {
  if (!/^zh(?:-|$)/i.test(language)) return 'en';
  return scriptOf(language) === 'Hans' ? 'zh-Hans' : 'zh-Hant';
}

/** Chinese sets its own colon, which needs no space after it. */
export const isChinese = (locale: Locale): boolean => locale !== 'en';

/** The direction a language is written in, by its first subtag. */
export const directionOf = (language: string): 'ltr' | 'rtl' =>
  /^(?:ar|dv|fa|he|ps|sd|ug|ur|yi)(?:-|$)/i.test(language) ? 'rtl' : 'ltr';

/**
 * The writing a language is set in (ISO 15924: `Latn`, `Hant`, `Jpan`), as its tag says or as is usual for it. Plain `zh` is
 * `Hant`, as our words for it are; a tag that is none is `Latn`.
 */
export function scriptOf(language: string): string {
  if (/^zh$/i.test(language)) return 'Hant';
  try {
    return new Intl.Locale(language).maximize().script ?? 'Latn';
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return 'Latn';
  }
}
