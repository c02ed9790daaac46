import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { LOCALES, localeOf, type Locale } from '../../domain/locale.ts';

/**
 * The language of a page: `?lang=` when it is one of ours, else that of what the page shows (a series, or what the reader has chosen),
 * else what the browser asks for (RFC 9110 §12.5.4), else English. A language we have no words for is no choice.
 */
export function chooseLocale(context: Context, shown?: string): Locale {
  return askedLocale(context) ?? wordsFor(shown ?? '') ?? browserLocale(context);
}

/** What links to our other pages carry on, so that a language once asked for stays: `?lang=zh-Hant`, or ''. */
export function askedQuery(context: Context): string {
  const asked = askedLocale(context);
  return asked === undefined ? '' : `?lang=${asked}`;
}

function askedLocale({ req }: Context): Locale | undefined {
  const asked = req.query('lang')?.toLowerCase();
  return LOCALES.find((locale) => locale.toLowerCase() === asked);
}

const browserLocale = (context: Context): Locale =>
  accepts(context, {
    header: 'Accept-Language',
    supports: [...LOCALES],
    default: 'en',
    match: (languages) =>
      languages
        .filter(({ q }) => q > 0)
        .toSorted((a, b) => b.q - a.q)
        .map(({ type }) => wordsFor(type))
        .find((locale) => locale !== undefined) ?? 'en',
  }) as Locale;

const wordsFor = (language: string): Locale | undefined =>
  /^(?:en|zh)(?:-|$)/i.test(language) ? localeOf(language) : undefined;
