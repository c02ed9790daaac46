import type { Instant } from '../../domain/instant.ts';
import { isChinese, type Locale } from '../../domain/locale.ts';
import { zoneName } from '../pages/shown-time.ts';

/** A day with its hour, and whose hour it is: `Thursday 26 November 2026 at 08:00 (Taipei Time)`. */
export function shownMoment(instant: Instant, timezone: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    dateStyle: 'full',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: timezone,
  });
  const zone = zoneName(timezone, locale);
  return `${format.format(instant)}${isChinese(locale) ? `（${zone}）` : ` (${zone})`}`;
}
