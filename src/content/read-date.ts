import type { Instant } from '../domain/instant.ts';
import type { Complaints } from './complaints.ts';
import type { Field } from './front-matter-value.ts';
import { DATE_EXAMPLES, hasDateForm, parseDate } from '../domain/parse-date.ts';

/** A field's date; undefined when absent, or with a complaint when it is not a date that exists. */
export function readDate(
  field: Field | undefined,
  timezone: string,
  complaints: Complaints,
): Instant | undefined {
  if (field === undefined) return undefined;
  const text = field.value.kind === 'scalar' ? field.value.text : '';
  const instant = parseDate(text, timezone);
  if (instant === undefined) complainOf(field, text, complaints);
  return instant;
}

function complainOf({ key, line }: Field, text: string, complaints: Complaints): void {
  if (hasDateForm(text)) {
    const fix = 'Write a day that does.';
    complaints.error(line, `\`${key}: ${text}\` is a day or time that does not exist.`, fix);
    return;
  }
  const found = text === '' ? '' : `, but it is \`${text.slice(0, 40)}\``;
  complaints.error(line, `\`${key}\` must be a date such as ${DATE_EXAMPLES}${found}.`);
}
