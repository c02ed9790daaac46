import type { Issue, IssueId } from '../domain/issue.ts';
import type { Problem } from '../domain/problem.ts';
import type { Series } from '../domain/series.ts';
import { blogUrlOf } from './article/find-linked-issue.ts';
import { targetOf, type Place } from './article/link-target.ts';
import { urlOf } from './article/resolve-links.ts';
import { whyUnusable } from './article/why-unusable.ts';
import { directionOf, localeOf, type Locale } from './locale.ts';
import { seriesContents, type SeriesContents } from './series-contents.ts';
import type { SlotMarks } from './slot-marks.ts';
import type { Words } from './words.ts';

/** Everything a template may show. Absent things are null, so that `{% if %}` works under strict variables. */
export interface IssueView {
  readonly language: string;
  readonly locale: Locale;
  readonly direction: 'ltr' | 'rtl';
  readonly start: 'left' | 'right';
  readonly words: Words;
  readonly series: { readonly title: string; readonly description: string; readonly total: number };
  readonly contents: SeriesContents | null;
  readonly issue: {
    readonly number: number;
    readonly title: string;
    readonly description: string;
    readonly preheader: string;
    /** In the words of the series' language and its time zone. */
    readonly date: string | null;
    readonly url: string | null;
    readonly image: { readonly url: string; readonly alt: string } | null;
    readonly source: { readonly url: string | null; readonly name: string } | null;
  };
  readonly slots: SlotMarks;
  readonly postalAddress: readonly string[];
}

/** An issue as templates see it; addresses that mail cannot use go to `problems`. */
export function issueView(
  place: Place,
  context: { words: Words; slots: SlotMarks; postalAddress: string; linkedIssues: ReadonlySet<IssueId> },
  problems: Problem[],
): IssueView {
  const { series } = place;
  const direction = directionOf(series.language);
  return {
    language: series.language,
    locale: localeOf(series.language),
    direction,
    start: direction === 'rtl' ? 'right' : 'left',
    words: context.words,
    series: { title: series.title, description: series.description, total: series.issues.length },
    contents: seriesContents(place, context.linkedIssues),
    issue: issueIn(place, problems),
    slots: context.slots,
    postalAddress: context.postalAddress
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  };
}

function issueIn(place: Place, problems: Problem[]): IssueView['issue'] {
  const { series, issue, siteUrl } = place;
  return {
    number: issue.number,
    title: issue.title,
    description: issue.description,
    preheader: issue.preheader === '' ? issue.description : issue.preheader,
    date: dateOf(issue, series),
    url: blogUrlOf(issue, siteUrl) ?? null,
    image: imageOf(place, problems),
    source: sourceOf(place, problems),
  };
}

function dateOf({ date }: Issue, { language, cadence }: Series): string | null {
  if (date === undefined) return null;
  const isTag = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i.test(language);
  return new Intl.DateTimeFormat(isTag ? language : 'en', {
    dateStyle: 'long',
    timeZone: cadence.timezone,
  }).format(date);
}

function imageOf(place: Place, problems: Problem[]): IssueView['issue']['image'] {
  if (place.issue.image === undefined) return null;
  const { url: written, alt } = place.issue.image;
  const url = mailableUrl('image', written, place, problems);
  return url === undefined ? null : { url, alt };
}

function sourceOf(place: Place, problems: Problem[]): IssueView['issue']['source'] {
  const { url: written, name } = place.issue.source ?? {};
  const url = written === undefined ? undefined : mailableUrl('link', written, place, problems);
  const shown = name ?? url;
  return shown === undefined ? null : { url: url ?? null, name: shown };
}

function mailableUrl(
  what: 'link' | 'image',
  written: string,
  place: Place,
  problems: Problem[],
): string | undefined {
  const target = targetOf(written, place);
  const url = urlOf(target);
  if (url !== undefined && !url.startsWith('mailto:')) return url;
  const { message, fix } = whyUnusable(what, written, target, place);
  problems.push({ severity: 'warning', file: place.issue.file, message, fix });
  return undefined;
}
