import type { Instant } from '../domain/instant.ts';

/** `Mon 2026-11-23 08:00`, in the zone given. */
export function formatTime(at: Instant, timezone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('weekday')} ${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}`;
}

/** `in 3 h`, `2 d ago`, `now`: the largest unit that fits. */
export function formatDistance(at: Instant, now: Instant): string {
  const ms = Math.abs(at - now);
  if (ms < 1_000) return 'now';
  const text = formatDuration(ms);
  return at > now ? `in ${text}` : `${text} ago`;
}

export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}
