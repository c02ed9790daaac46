const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** A date as front matter has it (`2026-01-10 07:00:00 +0100`) by a pattern of strftime; undefined when either is beyond us. */
export function formatDate(date: string, pattern: string): string | undefined {
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?/.exec(date) ?? [];
  const name = MONTHS[Number(month) - 1];
  if (name === undefined) return undefined;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const weekday = WEEKDAYS[new Date(midnight).getUTCDay()] ?? '';
  const fields: Readonly<Record<string, string>> = {
    Y: year,
    y: year.slice(2),
    m: two(month),
    d: two(day),
    e: String(Number(day)).padStart(2),
    A: weekday,
    a: weekday.slice(0, 3),
    H: two(hour),
    M: minute,
    S: second,
    B: name,
    b: name.slice(0, 3),
    F: `${year}-${two(month)}-${two(day)}`,
    '%': '%',
  };
  const parts = pattern.match(/%-?[A-Za-z%]|[^%]+|%/g) ?? [];
  const shown = parts.map((part) => {
    const [, bare, field = ''] = /^%(-?)(.)$/.exec(part) ?? [];
    if (bare === undefined) return part;
    return bare === '-' ? fields[field]?.replace(/^0(?=\d)/, '') : fields[field];
  });
  return shown.includes(undefined) ? undefined : shown.join('');
}

const two = (number: string): string => number.padStart(2, '0');
