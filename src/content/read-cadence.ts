import type { Cadence, Every } from '../domain/cadence.ts';
import { parseEvery } from '../domain/every.ts';
import { parseTimeOfDay, parseWindow } from '../domain/time-of-day.ts';
import type { Complaints } from './complaints.ts';
import { findField } from './find-field.ts';
import type { Field, FrontMatter } from './front-matter-value.ts';
import { readLine } from './read-line.ts';
import { scalarItems } from './scalar-items.ts';

const DEFAULT_EVERY: Every = { kind: 'days', days: 1 };

/** `every`, `at` and `window` of a series; one issue a day when nothing is said. */
export function readCadence(data: FrontMatter, timezone: string, complaints: Complaints): Cadence {
  const every = readParsed(joined(findField(data, 'every')), parseEvery, complaints, {
    expected: 'a gap',
    examples: '`1d`, `2w`, `12h`, `weekdays`, `mon,thu` or `0`',
  });
  const at = readParsed(findField(data, 'at'), parseTimeOfDay, complaints, {
    expected: 'a time of day',
    examples: '`08:00`',
  });
  const window = readParsed(findField(data, 'window'), parseWindow, complaints, {
    expected: 'a span of hours',
    examples: '`08:00-20:00`',
  });
  return {
    every: every ?? DEFAULT_EVERY,
    ...(at === undefined ? {} : { at }),
    timezone,
    ...(window === undefined ? {} : { window }),
  };
}

function readParsed<T>(
  field: Field | undefined,
  parse: (text: string) => T | undefined,
  complaints: Complaints,
  { expected, examples }: { expected: string; examples: string },
): T | undefined {
  const text = readLine(field, complaints);
  if (text === undefined) return undefined;
  const parsed = parse(text);
  if (parsed === undefined) {
    complaints.error(
      field?.line,
      `\`${field?.key}: ${text}\` is not ${expected}.`,
      `Write it like ${examples}.`,
    );
  }
  return parsed;
}

/** `every: [mon, thu]` is `every: mon,thu`. */
function joined(field: Field | undefined): Field | undefined {
  if (field?.value.kind !== 'list') return field;
  const text = scalarItems(field.value)
    .map((item) => item.text)
    .join(',');
  return { ...field, value: { kind: 'scalar', value: text, text, line: field.value.line } };
}
