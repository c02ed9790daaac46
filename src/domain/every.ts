import type { Every } from './cadence.ts';
import type { Weekday } from './time-zone.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './instant.ts';

const LONGEST_GAP_DAYS = 366;
const AMOUNT = /^(\d{1,12})(ms|s|m|h|d|w)$/;
const ELAPSED_UNITS = { h: HOUR_MS, m: MINUTE_MS, s: SECOND_MS, ms: 1 } as const;
const DAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const SHORTEST_DAY_NAME = 3;
const NO_GAP: Every = { kind: 'elapsed', ms: 0 };
const NAMED = new Map<string, Every>([
  ['0', NO_GAP],
  ['daily', { kind: 'days', days: 1 }],
  ['weekly', { kind: 'days', days: 7 }],
  ['weekdays', { kind: 'weekdays', weekdays: [1, 2, 3, 4, 5] }],
  ['weekends', { kind: 'weekdays', weekdays: [6, 7] }],
]);

/**
 * A gap as a writer types it: `1d`, `2w`, `12h`, `90m`, `30s`, `0`, `daily`, `weekly`, `weekdays`, `weekends`, `mon,thu`, `Monday`.
 * Undefined for anything else, and for more than 366 days.
 */
export function parseEvery(text: string): Every | undefined {
  const typed = text.trim().toLowerCase();
  return NAMED.get(typed) ?? parseAmount(typed) ?? parseWeekdays(typed);
}

/** The shortest text `parseEvery` reads as the same gap: `2w`, `90m`, `weekdays`, `mon,thu`. */
export function formatEvery(every: Every): string {
  if (every.kind === 'elapsed') return formatElapsed(every.ms);
  if (every.kind === 'weekdays') return formatWeekdays(every.weekdays);
  return every.days % 7 === 0 ? `${every.days / 7}w` : `${every.days}d`;
}

function parseAmount(typed: string): Every | undefined {
  const [, digits, unit] = AMOUNT.exec(typed) ?? [];
  const amount = Number(digits);
  if (digits === undefined) return undefined;
  if (amount === 0) return NO_GAP;

  if (unit === 'd' || unit === 'w') {
    const days = unit === 'w' ? amount * 7 : amount;
    return days <= LONGEST_GAP_DAYS ? { kind: 'days', days } : undefined;
  }
  const ms = amount * ELAPSED_UNITS[unit as keyof typeof ELAPSED_UNITS];
  return ms <= LONGEST_GAP_DAYS * DAY_MS ? { kind: 'elapsed', ms } : undefined;
}

function parseWeekdays(typed: string): Every | undefined {
  const days = new Set<number>();
  for (const name of typed.split(',').map((part) => part.trim())) {
    const index = DAY_NAMES.findIndex((day) => day.startsWith(name));
    if (index < 0 || name.length < SHORTEST_DAY_NAME) return undefined;
    days.add(index + 1);
  }
  return { kind: 'weekdays', weekdays: [...days].toSorted((a, b) => a - b) as Weekday[] };
}

function formatElapsed(ms: number): string {
  if (ms === 0) return '0';
  const [unit, unitMs] = Object.entries(ELAPSED_UNITS).find(([, unitMs]) => ms % unitMs === 0) ?? ['ms', 1];
  return `${ms / unitMs}${unit}`;
}

function formatWeekdays(weekdays: readonly Weekday[]): string {
  const list = weekdays.map((day) => DAY_NAMES[day - 1]?.slice(0, SHORTEST_DAY_NAME)).join(',');
  if (list === 'mon,tue,wed,thu,fri') return 'weekdays';
  return list === 'sat,sun' ? 'weekends' : list;
}
