import type { Every } from '../../domain/cadence.ts';
import { formatEvery } from '../../domain/every.ts';
import type { Story } from '../../domain/story.ts';
import {
  formatTimeOfDay,
  formatWindow,
  type MinuteOfDay,
  type SendWindow,
} from '../../domain/time-of-day.ts';
import { plainJson } from '../plain-json.ts';

/** Fields of a `Story`, on whatever level, that are not numbers or objects to whoever reads JSON. */
const WRITTEN: Readonly<Record<string, (value: never) => string>> = {
  ...Object.fromEntries(['now', 'at', 'since', 'until', 'firstTriedAt'].map((name) => [name, isoTime])),
  every: (every: Every) => formatEvery(every),
  hour: (hour: MinuteOfDay) => formatTimeOfDay(hour),
  window: (window: SendWindow) => formatWindow(window),
};

/**
 * A story for scripts; stable. The fields of `Story` as they are, but that times are ISO 8601 and gaps, hours and windows are written as in a
 * post's front matter: `1d`, `08:00`, `08:00-20:00`.
 */
export const storyJson = (story: Story): string =>
  plainJson(story, { replacer: (name, value) => WRITTEN[name]?.(value as never) ?? value });

function isoTime(at: number): string {
  return new Date(at).toISOString();
}
