import type { Instant } from '../domain/instant.ts';
import type { Issue } from '../domain/issue.ts';
import type { Problem } from '../domain/problem.ts';
import { Complaints } from './complaints.ts';
import { fieldLines } from './field-lines.ts';
import { findField } from './find-field.ts';
import type { Post } from './post.ts';
import { postAliases } from './post-aliases.ts';
import { readDates } from './read-dates.ts';
import { readFlag } from './read-flag.ts';
import { readImage } from './read-image.ts';
import { readIssueId } from './read-issue-id.ts';
import { readLine, readParagraph } from './read-line.ts';
import { readNewsletter } from './read-newsletter.ts';
import { readParams } from './read-params.ts';
import { readSource } from './read-source.ts';

/** A post judged as an issue of one series, before it has its number. */
export interface Candidate {
  readonly post: Post;
  readonly issue: Omit<Issue, 'number'>;
  /** Why readers will not get it, though nothing is wrong with it. */
  readonly leftOut?: 'draft' | 'expired';
  readonly problems: readonly Problem[];
}

export interface ReadingContext {
  /** For dates without an offset. */
  readonly timezone: string;
  readonly now: Instant;
  /** Drafts are not left out; no unless said otherwise. */
  readonly withDrafts?: boolean;
}

/** Reads the front matter of Hugo, Jekyll or Astro; keys that are none of ours are left alone. */
export function readIssue(post: Post, { timezone, now, withDrafts = false }: ReadingContext): Candidate {
  const complaints = new Complaints(post.file);
  const newsletter = readNewsletter(post.data, timezone, complaints);
  const { expiresAt, ...dates } = readDates(post, newsletter, timezone, complaints);
  const isExpired = expiresAt !== undefined && expiresAt <= now;
  const isHeldBack = isDraft(post, complaints) && !withDrafts;
  const leftOut = isHeldBack ? 'draft' : isExpired ? 'expired' : undefined;
  const words = readWords(post, newsletter, complaints);
  const image = readImage(post.data, complaints);
  const source = readSource(post.data, complaints);
  const issue = {
    id: readIssueId(post, complaints),
    ...words,
    ...dates,
    ...(image === undefined ? {} : { image }),
    ...(source === undefined ? {} : { source }),
    aliases: postAliases(post),
    body: post.body,
    params: readParams(post.data),
    file: post.file,
    bodyLine: post.bodyLine,
    lines: fieldLines(post.data),
  };
  // A post that could not be read has no title either, and that would be told twice.
  const problems = post.faults.length > 0 ? post.faults : complaints.problems;
  return { post, issue, ...(leftOut === undefined ? {} : { leftOut }), problems };
}

function readWords(
  { data, body, bodyLine }: Post,
  newsletter: { subject?: string; preheader?: string },
  complaints: Complaints,
) {
  const titleField = findField(data, 'title');
  const title = readLine(titleField, complaints);
  if (titleField === undefined)
    complaints.error(1, 'The post has no title.', 'Add `title: …` to its front matter.');
  if (body.trim() === '') complaints.warn(bodyLine, 'The post has no text; readers would get an empty mail.');

  const description = readParagraph(findField(data, 'description', 'summary', 'excerpt'), complaints) ?? '';
  const { subject = title ?? '', preheader = description } = newsletter;
  return { title: title ?? '', subject, preheader, description };
}

function isDraft({ data, place }: Post, complaints: Complaints): boolean {
  const isMarked = readFlag(findField(data, 'draft'), complaints) === true;
  const published = findField(data, 'published')?.value;
  const isHeldBack = published?.kind === 'scalar' && published.value === false;
  return isMarked || isHeldBack || /(?:^|\/)_drafts\//.test(place);
}
