import type { TomlError } from 'smol-toml';
import { tooDeep } from '../check-head-limits.ts';
import type { Fault } from '../complaints.ts';
import { BAD_DATE, NO_KEY, notToml } from './not-toml.ts';
import { repeatedKey } from './repeated-key.ts';

type Explanation = readonly [found: RegExp, message: string, fix: string];

const UNCLOSED = 'A quotation mark is opened and never closed.';
const EXPLAINED: readonly Explanation[] = [
  [/expected comma/, 'There is no comma between two items.', 'Put a comma between them, or close the list.'],
  [
    /end-of-line/,
    'Something stands behind a value.',
    'Give each key a line of its own, and write quotes inside quotes as `\\"`.',
  ],
  [/invalid date/, ...BAD_DATE],
  [
    /escape/,
    'A backslash in double quotes begins an unknown escape.',
    'Use single quotes, or write `\\\\` for a backslash.',
  ],
  [
    /value|number|numeric|leading zero|underscore/,
    'A value is neither text in quotes nor a number, a date, `true` or `false`.',
    'Put text in quotes: `title = "Frost"`.',
  ],
  [/key|table array/, ...NO_KEY],
];
const COLON = /^\s*["']?[\w-]+["']?\s*:/;

/** smol-toml's error in a writer's words. */
export function explainTomlError({ line, message }: TomlError, toml: string): Fault {
  const found = /^Invalid TOML document: (.*)$/m.exec(message)?.[1] ?? message;
  if (/excessively nested/.test(found)) return tooDeep(line);
  if (/redefine/.test(found)) return repeatedKey(toml, line);
  if (/unfinished string|characters are not allowed in strings|multiline strings/.test(found))
    return { line, message: UNCLOSED, fix: 'Close it at the end of the value.' };

  if (isAtEnd(toml, line)) return unclosedBracket(toml);

  const isYaml = COLON.test(toml.split('\n')[line - 1] ?? '');
  const [, plain, fix] = isYaml
    ? YAML_LINE
    : (EXPLAINED.find(([pattern]) => pattern.test(found)) ?? UNKNOWN(found));
  return notToml(line, [plain, fix]);
}

const YAML_LINE = [/:/, 'A line has a colon where TOML has `=`.', 'Write `title = "Frost"`.'] as const;

const UNKNOWN = (found: string): Explanation => [
  /^/,
  found.replace(/\.?$/, '.'),
  'Check the quotes, brackets and `=` around it.',
];

const isAtEnd = (toml: string, line: number): boolean =>
  toml
    .split('\n')
    .slice(line - 1)
    .join('')
    .trim() === '';

/** The parser complains at the end, where nothing is left; the writer looks for the beginning. */
function unclosedBracket(toml: string): Fault {
  const opened = toml.split('\n').findLastIndex((line) => count(line, /[[{]/g) > count(line, /[\]}]/g));
  return {
    line: Math.max(opened, 0) + 1,
    message: 'A list or table is opened and never closed.',
    fix: 'Close it with `]` or `}`.',
  };
}

const count = (text: string, sign: RegExp): number => text.match(sign)?.length ?? 0;
