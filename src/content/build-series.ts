import type { Instant } from '../domain/instant.ts';
import { isError, type Problem } from '../domain/problem.ts';
import type { Series } from '../domain/series.ts';
import { Complaints } from './complaints.ts';
import type { SeriesSource } from './find-series.ts';
import { NO_FRONT_MATTER } from './front-matter-value.ts';
import { gatherPosts } from './gather-posts.ts';
import type { Library } from './library.ts';
import { orderPosts } from './order-posts.ts';
import type { Post } from './post.ts';
import { readIssue, type Candidate } from './read-issue.ts';
import { readSettings, type SeriesDefaults, type SeriesSettings } from './read-settings.ts';
import type { LeftOut, PartialSeries, SeriesReport } from './series-report.ts';
import { warnOfMisspeltKeys } from './warn-of-misspelt-keys.ts';

export interface BuildOptions {
  readonly defaults: SeriesDefaults;
  /** Posts whose `expiryDate` is over by then are left out. */
  readonly now: Instant;
  readonly withDrafts: boolean;
}

type ComplaintsOf = (post: Post) => Complaints;

export interface BuiltSeries {
  readonly source: SeriesSource;
  readonly report: SeriesReport;
  /** The posts outside the content folder among which it looks for its own. */
  readonly beyond: readonly Post[];
}

/** A series with its issues in order, and everything that is wrong with it or its posts. */
export async function buildSeries(
  source: SeriesSource,
  library: Library,
  { defaults, now, withDrafts }: BuildOptions,
): Promise<BuiltSeries> {
  const { index, members } = source;
  const file = index?.file ?? members[0]?.file ?? source.term;
  const complaints = new Complaints(file);
  const data = index?.data ?? NO_FRONT_MATTER;
  const language = index?.name.language ?? defaults.language;
  const settings = readSettings(data, { ...defaults, language }, complaints);
  warnOfMisspeltKeys(data, complaints);

  const gathered = await gatherPosts(source, settings, library, complaints);
  const context = { timezone: settings.cadence.timezone, now, withDrafts };
  const candidates = gathered.posts.map((post) => readIssue(post, context));
  const leftOut = [...gathered.leftOut, ...candidates.flatMap(leftOutOf)];

  // Without a readable `_index.md` nobody knows whether it lists the issues, or what else it says.
  const isReadable = index === undefined || index.faults.length === 0;
  if (isReadable) complainOfSettings(source, settings, candidates, complaints);
  const kept = candidates.filter(isKept);
  const { ordered, problems: ofOrder } = isReadable
    ? inOrder(kept, settings, file)
    : { ordered: kept, problems: [] };

  const ownProblems = [...(index?.faults ?? []), ...complaints.problems];
  const problems = [...ownProblems, ...candidates.flatMap(problemsOf), ...ofOrder];
  const series = settings.isDraft && !withDrafts ? undefined : toSeries(source, file, settings, ordered);
  const report = { id: source.id, file, problems, leftOut, strayErrors: [] };
  return { source, report: withSeries(report, series), beyond: gathered.beyond };
}

function withSeries(report: SeriesReport, series: Series | undefined): SeriesReport {
  if (series === undefined) return report;
  const { problems } = report;
  return problems.some(isError) ? { ...report, partial: partOf(series, problems) } : { ...report, series };
}

/** What is left of a series for looking at, these being its problems. */
export function partOf(series: Series, problems: readonly Problem[]): PartialSeries {
  const faulty = new Set(problems.filter(isError).map(({ file }) => file));
  return { series, sound: series.issues.filter(({ file }) => !faulty.has(file)) };
}

const isKept = ({ leftOut }: Candidate): boolean => leftOut === undefined;

function inOrder(
  kept: readonly Candidate[],
  { issues }: SeriesSettings,
  file: string,
): { ordered: readonly Candidate[]; problems: readonly Problem[] } {
  const book = new Map<Post, Complaints>();
  const complaintsOf: ComplaintsOf = (post) => {
    const complaints = book.get(post) ?? new Complaints(post.file);
    book.set(post, complaints);
    return complaints;
  };
  const ofSeries = new Complaints(file);
  const ordered = issues === undefined ? orderPosts(kept, ofSeries, complaintsOf) : kept;
  complainOfSharedIds(ordered, complaintsOf);
  return { ordered, problems: [ofSeries, ...book.values()].flatMap(({ problems }) => problems) };
}

function complainOfSharedIds(candidates: readonly Candidate[], complaintsOf: ComplaintsOf): void {
  const byId = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const { id } = candidate.issue;
    const earlier = byId.get(id);
    byId.set(id, earlier ?? candidate);
    if (earlier === undefined) continue;
    const message = `Its id is \`${id}\`, and so is that of ${earlier.post.file}.`;
    complaintsOf(candidate.post).error(
      undefined,
      message,
      'Give one of them an `id: …` of its own in the front matter.',
    );
  }
}

function complainOfSettings(
  { index, term }: SeriesSource,
  { title, from, isDraft, issues = [] }: SeriesSettings,
  candidates: readonly Candidate[],
  complaints: Complaints,
): void {
  const line = index === undefined ? undefined : 1;
  if (from === undefined) {
    const fix =
      'Add `from: Ivy Garden <ivy@example.com>` to its `_index.md`, or configure a sender for all series.';
    complaints.error(line, `The series \`${term}\` has no sender.`, fix);
  }
  if (index !== undefined && title === undefined) {
    complaints.warn(line, `The series has no title; readers would see \`${term}\`.`, 'Add `title: …`.');
  }
  if (isDraft) return;
  if (candidates.length === 0 && issues.length === 0) {
    complaints.warn(
      line,
      'The series has no issues yet.',
      'Put posts beside this file, or list them under `issues:`.',
    );
  } else if (candidates.length > 0 && !candidates.some(isKept)) {
    complaints.warn(line, 'Every post of the series is a draft or expired, so it has no issues yet.');
  }
}

/** What is wrong with a post that is left out anyway stops nobody. */
const problemsOf = (candidate: Candidate): readonly Problem[] =>
  isKept(candidate)
    ? candidate.problems
    : candidate.problems.map((problem) => ({ ...problem, severity: 'warning' }));

const leftOutOf = ({ post, leftOut }: Candidate): LeftOut[] =>
  leftOut === undefined ? [] : [{ file: post.file, reason: leftOut }];

function toSeries(
  { id, term }: SeriesSource,
  file: string,
  settings: SeriesSettings,
  ordered: readonly Candidate[],
): Series | undefined {
  const { title = term, description, language, from, replyTo, cadence, join, template } = settings;
  if (from === undefined) return undefined;
  const issues = ordered.map(({ issue }, index) => ({ ...issue, number: index + 1 }));
  const reply = replyTo === undefined ? {} : { replyTo };
  const { paces, letters } = settings;
  const readers = { ...(paces === undefined ? {} : { paces }), letters };
  return {
    id,
    title,
    description,
    language,
    from,
    ...reply,
    cadence,
    join,
    ...readers,
    template,
    issues,
    file,
  };
}
