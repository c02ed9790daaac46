import type { Locale } from '../../domain/locale.ts';

/** What a language (BCP 47) is called in the reader's: `Japanese`, `日文`. A tag that is none stands for itself. */
export function languageName(language: string, locale: Locale): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(language) ?? language;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return language;
  }
}
