import { beforeAll, describe, expect, test } from 'vitest';
import { loadWebWords, type WebWords } from '../../../src/compose/web-words.ts';
import { parseEvery } from '../../../src/domain/every.ts';
import type { Cadence } from '../../../src/domain/cadence.ts';
import { LOCALES, type Locale } from '../../../src/domain/locale.ts';
import { gapWords, rhythmWords } from '../../../src/web/pages/rhythm-words.ts';

const words = new Map<Locale, WebWords['pages']>();

beforeAll(async () => {
  const loaded = await loadWebWords();
  if ('severity' in loaded) throw new Error(loaded.message);
  for (const locale of LOCALES) words.set(locale, wordsIn(loaded, locale));
});

const wordsIn = (loaded: ReadonlyMap<Locale, WebWords>, locale: Locale): WebWords['pages'] => {
  const found = loaded.get(locale);
  if (found === undefined) throw new Error(`No words for ${locale}.`);
  return found.pages;
};

const gap = (typed: string): Cadence['every'] => {
  const every = parseEvery(typed);
  if (every === undefined) throw new Error(`No gap: ${typed}`);
  return every;
};

const said = (typed: string, locale: Locale): string => {
  const pages = words.get(locale);
  return pages === undefined ? '' : gapWords(gap(typed), pages, locale);
};

describe('a gap, as readers in each language say it', () => {
  test.each([
    ['0', 'when there is a new one', '有新文章時', '有新文章时'],
    ['1d', 'every day', '每天', '每天'],
    ['2d', 'every 2 days', '每 2 天', '每2天'],
    ['1w', 'every week', '每週', '每周'],
    ['14d', 'every 2 weeks', '每 2 週', '每2周'],
    ['weekdays', 'every weekday', '每週一至週五', '每周一至周五'],
    ['weekends', 'every Saturday and Sunday', '每週六、週日', '每周六、周日'],
    ['mon,thu', 'every Monday and Thursday', '每週一、週四', '每周一、周四'],
    ['mon,wed,fri', 'every Monday, Wednesday, and Friday', '每週一、週三、週五', '每周一、周三、周五'],
    ['sunday', 'every Sunday', '每週日', '每周日'],
    ['mon,tue,wed,thu,fri,sat,sun', 'every day', '每天', '每天'],
    ['1h', 'every hour', '每小時', '每小时'],
    ['12h', 'every 12 hours', '每 12 小時', '每12小时'],
    ['90m', 'every 90 minutes', '每 90 分鐘', '每90分钟'],
    ['1m', 'every minute', '每分鐘', '每分钟'],
    ['30s', 'every 30 seconds', '每 30 秒', '每30秒钟'],
    ['1s', 'every second', '每秒', '每秒'],
    ['500ms', 'every 500 milliseconds', '每 500 毫秒', '每500毫秒'],
    ['1ms', 'every 1 millisecond', '每 1 毫秒', '每1毫秒'],
  ])('%s', (typed, en, hant, hans) => {
    expect([said(typed, 'en'), said(typed, 'zh-Hant'), said(typed, 'zh-Hans')]).toEqual([en, hant, hans]);
  });
});

describe('a rhythm says its hour where it has one, and whose clock shows it', () => {
  test.each<[string, number | undefined, string, string, string]>([
    ['1d', 8 * 60, 'Europe/London', 'every day at 08:00, United Kingdom Time', '每天 08:00（英國時間）'],
    ['1d', undefined, 'Europe/London', 'every day', '每天'],
    ['weekdays', undefined, 'UTC', 'every weekday at 08:00, UTC', '每週一至週五 08:00（UTC）'],
    ['mon', 18 * 60 + 5, 'UTC', 'every Monday at 18:05, UTC', '每週一 18:05（UTC）'],
    ['12h', 8 * 60, 'UTC', 'every 12 hours', '每 12 小時'],
    ['0', 8 * 60, 'UTC', 'when there is a new one', '有新文章時'],
  ])('%s at %s in %s', (typed, at, timezone, en, hant) => {
    const cadence = { every: gap(typed), timezone, ...(at !== undefined && { at }) };
    const shown = (['en', 'zh-Hant'] as const).map((locale) => {
      const pages = words.get(locale);
      return pages && rhythmWords(cadence, pages, locale);
    });
    expect(shown).toEqual([en, hant]);
  });
});
