import type { Instant } from '../domain/instant.ts';
import type { Complaints } from './complaints.ts';
import { findField } from './find-field.ts';
import type { Field } from './front-matter-value.ts';
import { parseDate } from '../domain/parse-date.ts';
import { readDate } from './read-date.ts';
import type { NewsletterFields } from './read-newsletter.ts';
import type { Post } from './post.ts';

export interface PostDates {
  /** The post's own date. */
  readonly date?: Instant;
  readonly releaseAt?: Instant;
  readonly expiresAt?: Instant;
}

/**
 * The dates of a post under the names Hugo, Jekyll and Astro use; a date in the file's name serves when the front matter has none
 * (Jekyll). The release time is what `newsletter.release` says, else the day of publication, else the post's date.
 */
export function readDates(
  { data, name }: Post,
  newsletter: NewsletterFields,
  timezone: string,
  complaints: Complaints,
): PostDates {
  const own = readDate(findField(data, 'date'), timezone, complaints);
  const publishing =
    findField(data, 'publishdate', 'pubdate') ?? datedPublished(findField(data, 'published'));
  const published = readDate(publishing, timezone, complaints);
  const expiresAt = readDate(findField(data, 'expirydate', 'unpublishdate'), timezone, complaints);

  const named = name.date === undefined ? undefined : parseDate(name.date, timezone);
  const date = own ?? published ?? named;
  const { release = published ?? date } = newsletter;
  return {
    ...(date === undefined ? {} : { date }),
    ...(release === undefined || release === 'now' ? {} : { releaseAt: release }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** Jekyll's `published: false` is a draft and no date. */
export function datedPublished(field: Field | undefined): Field | undefined {
  return field?.value.kind === 'scalar' && typeof field.value.value === 'boolean' ? undefined : field;
}
