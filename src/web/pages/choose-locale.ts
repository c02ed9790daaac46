import type { Context } from 'hono';
import { LOCALES, localeOf, type Locale } from '../../domain/locale.ts';

/**
 * The language of a page: `?lang=`, else that of what it shows (a series, or what the reader has chosen), else what the browser asks for.
 */
export function chooseLocale({ req }: Context, shown?: string): Locale {
  const asked = req.query('lang');
  if (asked !== undefined && LOCALES.some((locale) => locale === localeOf(asked))) return localeOf(asked);
  return localeOf(shown ?? req.header('accept-language')?.split(/[,;]/, 1)[0]?.trim() ?? 'en');
}
