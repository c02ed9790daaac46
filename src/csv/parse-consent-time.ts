import type { Instant } from '../domain/instant.ts';

const TIME =
  /^(?<year>\d{4})([-/.])(?<month>\d{1,2})\2(?<day>\d{1,2})(?:[T ]+(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d+)?)?)? ?(?<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * `2024-01-31`, `2024/1/31 08:00`, `2024-01-31 08:00:00.123456+08`, ISO 8601; UTC where no zone is named.
 * Undefined for anything else: `1/2/2024` is two different days.
 */
export function parseConsentTime(text: string): Instant | undefined {
  const groups = TIME.exec(text.trim())?.groups;
  if (groups === undefined) return undefined;
  const number = (name: string): number => Number(groups[name] ?? 0);
  const [month, day, hour] = [number('month'), number('day'), number('hour')];
  const wall = Date.UTC(number('year'), month - 1, day, hour, number('minute'), number('second'));

  // Date.UTC turns 31 February into 2 March, and 24:00 into the next day.
  const date = new Date(wall);
  if (date.getUTCMonth() !== month - 1 || date.getUTCHours() !== hour) return undefined;
  return wall - zoneOffsetMs(groups['zone']);
}

function zoneOffsetMs(zone = ''): number {
  const [, sign, hours = 0, minutes = 0] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
