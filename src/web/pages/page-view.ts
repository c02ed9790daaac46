import type { Context } from 'hono';
import type { WebWords } from '../../compose/web-words.ts';
import type { Locale } from '../../domain/locale.ts';
import type { WebTools } from '../web-tools.ts';
import { askedQuery, chooseLocale } from './choose-locale.ts';

/** For whom a page is: whose language and words, and the addresses it is built from. */
export interface PageView {
  readonly locale: Locale;
  readonly words: WebWords;
  /** What links to our pages carry on: `?lang=zh-Hant`, or ''. */
  readonly asked: string;
  readonly baseUrl: string;
  readonly siteUrl?: string;
}

/** `shown` is the language of what the page shows, if it shows anything. Throws when there are no words: they are loaded for every locale. */
export function pageViewOf(context: Context, tools: WebTools, shown?: string): PageView {
  const { words: all, baseUrl, siteUrl } = tools;
  const locale = chooseLocale(context, shown);
  const words = all.get(locale);
  if (words === undefined) throw new Error(`No words for the locale ${locale}.`);
  return { locale, words, asked: askedQuery(context), baseUrl, ...(siteUrl !== undefined && { siteUrl }) };
}
