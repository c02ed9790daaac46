/** A time of day, minutes after local midnight (0…1439). */
export type MinuteOfDay = number;

/** Hours in which mail may go out: [from, to) in local time, over midnight when `from` > `to`, all day when they are equal. */
export interface SendWindow {
  readonly from: MinuteOfDay;
  readonly to: MinuteOfDay;
}

const TIME_OF_DAY = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/** `08:00`, `8:00`, `23:59` → minutes after midnight; undefined for anything else. */
export function parseTimeOfDay(text: string): MinuteOfDay | undefined {
  const [, hour, minute] = TIME_OF_DAY.exec(text.trim()) ?? [];
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute);
}

/** 480 → `08:00`. */
export function formatTimeOfDay(minuteOfDay: MinuteOfDay): string {
  return `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}`;
}

/** `08:00-20:00`, `22:00-06:00`, `20:00-24:00`; undefined for anything else, and for a window of no length. */
export function parseWindow(text: string): SendWindow | undefined {
  const [opens = '', closes = '', ...rest] = text.split(/[-–]/);
  const from = parseTimeOfDay(opens);
  const untilMidnight = closes.trim() === '24:00';
  const to = untilMidnight ? 0 : parseTimeOfDay(closes);
  if (from === undefined || to === undefined || rest.length > 0) return undefined;
  return from === to && !untilMidnight ? undefined : { from, to };
}

/** `08:00-20:00`, as `parseWindow` takes it. */
export function formatWindow({ from, to }: SendWindow): string {
  return `${formatTimeOfDay(from)}-${to === 0 ? '24:00' : formatTimeOfDay(to)}`;
}

const twoDigits = (n: number): string => String(n).padStart(2, '0');
