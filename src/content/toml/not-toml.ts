import type { Fault } from '../complaints.ts';

/** What is wrong, and what to do about it. */
type Explanation = readonly [message: string, fix: string];

export const BAD_DATE: Explanation = [
  'A date or time is not written as TOML has it.',
  'Write it like `2026-01-28` or `2026-01-28T09:40:00+08:00`.',
];

export const NO_KEY: Explanation = [
  'A line is no key with a value.',
  'Write lines such as `title = "Frost"`, and keys with other signs than `a-z`, `0-9`, `_` and `-` in quotes.',
];

export const notToml = (line: number, [message, fix]: Explanation): Fault => ({
  line,
  message: `The front matter is not valid TOML: ${message}`,
  fix,
});
