import type { Instant } from '../domain/instant.ts';
import { closestWord } from '../domain/closest-word.ts';
import type { Complaints } from './complaints.ts';
import { findField } from './find-field.ts';
import type { FieldMap, FrontMatter } from './front-matter-value.ts';
import { readDate } from './read-date.ts';
import { readLine, readParagraph } from './read-line.ts';

/** What a post says to us alone, under `newsletter:`. */
export interface NewsletterFields {
  readonly subject?: string;
  readonly preheader?: string;
  /** `now` overrides a date of the post that lies in the future. */
  readonly release?: Instant | 'now';
}

const KEYS = ['subject', 'preheader', 'release'];

/** Unlike the rest of the front matter this map is ours: an unknown key in it is a mistake. */
export function readNewsletter(
  data: FrontMatter,
  timezone: string,
  complaints: Complaints,
): NewsletterFields {
  const field = findField(data, 'newsletter');
  if (field === undefined) return {};
  if (field.value.kind !== 'map') {
    complaints.error(field.line, '`newsletter` must be a map.', 'Indent `subject: …` below it.');
    return {};
  }
  refuseUnknownKeys(field.value, complaints);
  const subject = readLine(findField(field.value, 'subject'), complaints);
  const preheader = readParagraph(findField(field.value, 'preheader'), complaints);
  const release = readRelease(field.value, timezone, complaints);
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(preheader === undefined ? {} : { preheader }),
    ...(release === undefined ? {} : { release }),
  };
}

function refuseUnknownKeys(map: FieldMap, complaints: Complaints): void {
  for (const [name, { key, line }] of map.fields) {
    if (KEYS.includes(name)) continue;
    const meant = closestWord(key, KEYS);
    const fix =
      meant === undefined ? 'Known are `subject`, `preheader` and `release`.' : `Did you mean \`${meant}\`?`;
    complaints.error(line, `\`newsletter\` has no key \`${key}\`.`, fix);
  }
}

function readRelease(map: FieldMap, timezone: string, complaints: Complaints): Instant | 'now' | undefined {
  const field = findField(map, 'release');
  const isNow = field?.value.kind === 'scalar' && field.value.text.trim().toLowerCase() === 'now';
  return isNow ? 'now' : readDate(field, timezone, complaints);
}
