/** Languages we have words for. */
export type Locale = 'en' | 'zh-Hant';

/** The words to use with a series' language (BCP 47): Chinese readers get Traditional Chinese, everybody else English. */
export const localeOf = (language: string): Locale => (/^zh(?:-|$)/i.test(language) ? 'zh-Hant' : 'en');

/** The direction a language is written in, by its first subtag. */
export const directionOf = (language: string): 'ltr' | 'rtl' =>
  /^(?:ar|dv|fa|he|ps|sd|ug|ur|yi)(?:-|$)/i.test(language) ? 'rtl' : 'ltr';
