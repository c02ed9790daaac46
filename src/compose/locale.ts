/** Languages we have words for. */
export type Locale = 'en' | 'zh-Hant';

/** The words to use with a series' language (BCP 47): Chinese readers get Traditional Chinese, everybody else English. */
export const localeOf = (language: string): Locale => (/^zh(?:-|$)/i.test(language) ? 'zh-Hant' : 'en');

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
