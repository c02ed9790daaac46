import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './instant.ts';

/** At most `most` mails in `periodMs`. Up to a minute they are spread evenly; in hours and days they may leave as they come. */
export interface Rate {
  readonly most: number;
  readonly periodMs: number;
}

/** The most mails of a UTC day: `first` on the day it starts and before, then `growth` times as many each day. */
export interface WarmUp {
  /** Days since 1970-01-01. */
  readonly startDay: number;
  readonly first: number;
  readonly growth: number;
}

const PERIODS: Readonly<Record<string, number>> = {
  s: SECOND_MS,
  second: SECOND_MS,
  min: MINUTE_MS,
  minute: MINUTE_MS,
  h: HOUR_MS,
  hour: HOUR_MS,
  d: DAY_MS,
  day: DAY_MS,
};
const NAMES: Readonly<Record<number, string>> = {
  [SECOND_MS]: 's',
  [MINUTE_MS]: 'min',
  [HOUR_MS]: 'h',
  [DAY_MS]: 'day',
};

/** What many who warm up a new address begin with: some hundreds, half as many more each day, a million after three weeks. */
const USUAL = { first: 500, growth: 1.5 };
const MOST_GROWTH = 10;

/** `14/s 50000/day` → rates, each period once; undefined = not such a text. */
export function parseRates(text: string): Rate[] | undefined {
  const words = text
    .trim()
    .split(/[\s,]+/)
    .map((word) => parseRate(word));
  if (!words.every((rate) => rate !== undefined)) return undefined;
  return new Set(words.map(({ periodMs }) => periodMs)).size === words.length ? words : undefined;
}

function parseRate(word: string): Rate | undefined {
  const [, most = '', unit = ''] = /^(\d{1,9})\/([a-z]+)$/i.exec(word) ?? [];
  const periodMs = PERIODS[unit.toLowerCase()];
  return Number(most) === 0 || periodMs === undefined ? undefined : { most: Number(most), periodMs };
}

export const formatRate = ({ most, periodMs }: Rate): string =>
  `${most}/${NAMES[periodMs] ?? `${periodMs}ms`}`;

/** `2026-12-01 500 x1.5`, the last two as they usually are if left out; undefined = not such a text. */
export function parseWarmUp(text: string): WarmUp | undefined {
  const [, date = '', first, growth] =
    /^(\d{4}-\d{2}-\d{2})(?:\s+(\d{1,9}))?(?:\s+x(\d{1,2}(?:\.\d{1,3})?))?$/.exec(text.trim()) ?? [];
  const startAt = Date.parse(`${date}T00:00:00Z`);
  // Date.parse takes the 31st of June for the 1st of July.
  if (Number.isNaN(startAt) || new Date(startAt).toISOString().slice(0, 10) !== date) return undefined;
  const warmUp = {
    startDay: startAt / DAY_MS,
    first: first === undefined ? USUAL.first : Number(first),
    growth: growth === undefined ? USUAL.growth : Number(growth),
  };
  return warmUp.first >= 1 && warmUp.growth > 1 && warmUp.growth <= MOST_GROWTH ? warmUp : undefined;
}
