import type { Instant } from '../../domain/instant.ts';
import type { Locale } from '../../domain/locale.ts';

/** `24 November 2026`, `2026年11月24日`: the day it is in a series' zone. */
export function shownDay(instant: Instant, timezone: string, locale: Locale): string {
  const key = `${locale} ${timezone}`;
  const format = dayFormats.get(key) ?? dayFormat(timezone, locale);
  dayFormats.set(key, format);
  return format.format(instant);
}

/** What people call a zone's time: `United Kingdom Time`, `台北標準時間`. */
export function zoneName(timezone: string, locale: Locale): string {
  if (/^(?:Etc\/)?(?:UTC|Universal|Zulu)$/.test(timezone)) return 'UTC';
  const format = new Intl.DateTimeFormat(locale, { timeZone: timezone, timeZoneName: 'longGeneric' });
  return format.formatToParts(0).find(({ type }) => type === 'timeZoneName')?.value ?? timezone;
}

// Making one takes as long as a hundred dates, and a page may show hundreds.
const dayFormats = new Map<string, Intl.DateTimeFormat>();

// English is for everybody whose language we lack: a day before its month cannot be read the wrong way round.
const DATES: Readonly<Record<Locale, string>> = { en: 'en-GB', 'zh-Hant': 'zh-Hant', 'zh-Hans': 'zh-Hans' };

const dayFormat = (timezone: string, locale: Locale): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(DATES[locale], { dateStyle: 'long', timeZone: timezone });
