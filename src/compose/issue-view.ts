import type { Root } from 'hast';
import type { Issue, IssueId } from '../domain/issue.ts';
import type { Problem } from '../domain/problem.ts';
import { blogUrlOf } from './article/find-linked-issue.ts';
import type { FoundImages } from './article/images/find-images.ts';
import { heroImage, type HeroImage } from './article/images/hero-image.ts';
import { isWebUrl, targetOf, urlOf, type Place } from './article/link-target.ts';
import { whyUnusable } from './article/why-unusable.ts';
import { directionOf, localeOf, scriptOf, type Locale } from '../domain/locale.ts';
import { openingWords } from './opening-words.ts';
import { plainLine } from './plain-line.ts';
import { readingTime } from './reading-time.ts';
import { neighboursOf, seriesContents, type Neighbour, type SeriesContents } from './series-contents.ts';
import type { SeriesAround } from './series-around.ts';
import type { SlotMarks } from './slot-marks.ts';
import type { Words } from './words.ts';

/** Everything a template may show. Absent things are null, so that `{% if %}` works under strict variables. */
export interface IssueView {
  readonly language: string;
  /** Whose words these are; a writer's own may be in the series' language, whatever that is. */
  readonly locale: Locale;
  readonly wordsLanguage: string;
  /** ISO 15924: `Latn`, `Hant`, `Arab`. */
  readonly script: string;
  readonly direction: 'ltr' | 'rtl';
  /** The side a line begins on, and the other one. */
  readonly start: 'left' | 'right';
  readonly end: 'left' | 'right';
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
    readonly readingMinutes: number;
    readonly url: string | null;
    readonly image: HeroImage | null;
    readonly source: { readonly url: string | null; readonly name: string } | null;
    readonly previous: Neighbour | null;
    readonly next: Neighbour | null;
  };
  readonly slots: SlotMarks;
  readonly postalAddress: readonly string[];
}

interface ViewContext {
  readonly words: Words;
  readonly wordsAreWriters: boolean;
  readonly slots: SlotMarks;
  readonly postalAddress: string;
  readonly article: Root;
  readonly linkedIssues: ReadonlySet<IssueId>;
  readonly images: FoundImages;
}

/** An issue as templates see it; addresses that mail cannot use go to `problems`. */
export function issueView(place: Place, context: ViewContext, problems: Problem[]): IssueView {
  const { series } = place;
  const direction = directionOf(series.language);
  return {
    language: series.language,
    locale: localeOf(series.language),
    wordsLanguage: context.wordsAreWriters ? series.language : localeOf(series.language),
    script: scriptOf(series.language),
    direction,
    start: direction === 'rtl' ? 'right' : 'left',
    end: direction === 'rtl' ? 'left' : 'right',
    words: context.words,
    series: {
      title: plainLine(series.title),
      description: plainLine(series.description),
      total: series.issues.length,
    },
    contents: seriesContents(place, context.linkedIssues),
    issue: issueIn(place, context, problems),
    slots: context.slots,
    postalAddress: context.postalAddress
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  };
}

function issueIn(place: Place, { article, images }: ViewContext, problems: Problem[]): IssueView['issue'] {
  const { series, issue, siteUrl } = place;
  return {
    number: issue.number,
    title: plainLine(issue.title),
    description: plainLine(issue.description),
    preheader: plainLine(issue.preheader || issue.description) || openingWords(article),
    date: dateOf(issue, series),
    readingMinutes: readingTime(article),
    url: blogUrlOf(issue, siteUrl) ?? null,
    image: heroImage(place, images, problems),
    source: sourceOf(place, problems),
    ...neighboursOf(place),
  };
}

function dateOf({ date }: Issue, { language, cadence }: SeriesAround): string | null {
  if (date === undefined) return null;
  const isTag = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i.test(language);
  return new Intl.DateTimeFormat(isTag ? language : 'en', {
    dateStyle: 'long',
    timeZone: cadence.timezone,
  }).format(date);
}

function sourceOf(place: Place, problems: Problem[]): IssueView['issue']['source'] {
  const { url: written, name } = place.issue.source ?? {};
  const url = written === undefined ? undefined : mailableUrl(written, place, problems);
  const shown = name === undefined ? url : plainLine(name);
  return shown === undefined ? null : { url: url ?? null, name: shown };
}

function mailableUrl(written: string, place: Place, problems: Problem[]): string | undefined {
  const target = targetOf(written, place);
  const url = urlOf(target);
  if (url !== undefined && isWebUrl(url)) return url;
  const { file, lines } = place.issue;
  problems.push({
    severity: 'warning',
    file,
    ...(lines.source === undefined ? {} : { line: lines.source }),
    ...whyUnusable('link', written, target, place),
  });
  return undefined;
}
