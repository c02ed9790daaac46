import { isError } from '../domain/problem.ts';
import type { Complaints } from './complaints.ts';
import { findField } from './find-field.ts';
import type { Value } from './front-matter-value.ts';
import type { Post } from './post.ts';
import type { Candidate } from './read-issue.ts';

/** One way in which posts can say where they stand. */
interface Rule {
  /** For messages: what the post has. */
  readonly name: string;
  readonly placeOf: (candidate: Candidate) => number | undefined;
  readonly lineIn: (post: Post) => number | undefined;
  readonly mayBeShared: boolean;
}

const PLACE_KEYS = ['part', 'series_order', 'issue', 'weight'];
// `issue` is not among them: a magazine's `issue: Spring` is no mistake.
const NUMERIC_KEYS = ['part', 'series_order', 'weight'];
const RULES: readonly Rule[] = [
  ...PLACE_KEYS.map(byKey),
  {
    name: 'a number before its file name',
    placeOf: ({ post }) => post.name.number,
    lineIn: () => undefined,
    mayBeShared: false,
  },
  {
    name: 'a date',
    placeOf: ({ issue }) => issue.date,
    lineIn: ({ data }) => findField(data, 'date')?.line,
    mayBeShared: true,
  },
];
const YEAR: Rule = {
  name: 'a year before its file name',
  placeOf: ({ post }) => post.name.year,
  lineIn: () => undefined,
  mayBeShared: true,
};
const byFileName = new Intl.Collator('en', { numeric: true });

/**
 * Puts posts in the order of the first rule all of them follow: `part`, `series_order`, `issue`, `weight`, the number before the
 * file name, the date, the year before the file name; else by file name. Rules that only some follow are passed over with one warning
 * for the series. Where no other is left, and where one place is taken twice, one error names both files: readers would get the series
 * in an order nobody chose.
 */
export function orderPosts(
  candidates: readonly Candidate[],
  complaints: Complaints,
  complaintsOf: (post: Post) => Complaints,
): Candidate[] {
  const byName = candidates.toSorted((a, b) => compareNames(a.post, b.post));
  const unreadable = complainOfUnreadable(byName, complaintsOf);
  // What another error hides of a post's place is no choice of the writer's.
  const judged = byName.filter(({ post, problems }) => !unreadable.has(post) && !problems.some(isError));
  const rule = [...RULES, YEAR].find(({ placeOf }) => isFollowedByAll(judged, placeOf));
  const partial = RULES.slice(
    0,
    rule === undefined || rule === YEAR ? undefined : RULES.indexOf(rule),
  ).filter(({ placeOf }) => followersOf(judged, placeOf).length > 0);
  if (rule === undefined) {
    if (partial.length > 0) complainOfMissing(judged, partial, complaintsOf);
    return byName;
  }
  if (partial.length > 0) warnOfPassedOver(judged, rule, partial, complaints);
  const ordered = byName.toSorted(
    (a, b) => compareNumbers(rule.placeOf(a), rule.placeOf(b)) || compareDates(a, b),
  );
  if (!rule.mayBeShared) complainOfShared(ordered, rule, complaintsOf);
  return ordered;
}

type PlaceOf = Rule['placeOf'];

const followersOf = (candidates: readonly Candidate[], placeOf: PlaceOf): Candidate[] =>
  candidates.filter((candidate) => placeOf(candidate) !== undefined);

const isFollowedByAll = (candidates: readonly Candidate[], placeOf: PlaceOf): boolean =>
  candidates.length > 0 && candidates.every((candidate) => placeOf(candidate) !== undefined);

const compareDates = (a: Candidate, b: Candidate): number => compareNumbers(a.issue.date, b.issue.date);

/** What has none comes last. */
function compareNumbers(a = Number.MAX_VALUE, b = Number.MAX_VALUE): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function byKey(key: string): Rule {
  return {
    name: `\`${key}\``,
    placeOf: ({ post }) => numberIn(post, key),
    lineIn: ({ data }) => findField(data, key)?.line,
    // Hugo goes by date then.
    mayBeShared: key === 'weight',
  };
}

/** 0 is no place: Hugo's `weight: 0` means "unset". */
function numberIn({ data }: Post, key: string): number | undefined {
  const number = numberOf(findField(data, key)?.value);
  return Number.isFinite(number) && number !== 0 ? number : undefined;
}

/** Also of a number in quotes; NaN for anything else. */
function numberOf(value: Value | undefined): number {
  if (value?.kind !== 'scalar') return NaN;
  return typeof value.value === 'number' ? value.value : Number(value.text.trim() || NaN);
}

function compareNames(a: Post, b: Post): number {
  return byFileName.compare(a.name.base, b.name.base) || (a.path < b.path ? -1 : 1);
}

function complainOfUnreadable(
  candidates: readonly Candidate[],
  complaintsOf: (post: Post) => Complaints,
): ReadonlySet<Post> {
  const unreadable = new Set<Post>();
  for (const { post } of candidates) {
    for (const key of NUMERIC_KEYS) {
      const field = findField(post.data, key);
      if (field === undefined || Number.isFinite(numberOf(field.value))) continue;
      unreadable.add(post);
      complaintsOf(post).error(
        field.line,
        `\`${field.key}\` must be a number: the post's place in the series.`,
      );
    }
  }
  return unreadable;
}

function warnOfPassedOver(
  candidates: readonly Candidate[],
  chosen: Rule,
  partial: readonly Rule[],
  complaints: Complaints,
): void {
  const reasons = partial.map(({ name, placeOf }) => {
    const followers = followersOf(candidates, placeOf);
    const missing = candidates.length - followers.length;
    return `${followers[0]?.post.file} has ${name}, but ${missing} of ${candidates.length} ${missing === 1 ? 'has' : 'have'} none`;
  });
  const message = `The order is by ${chosen.name.replace(/^a /, 'the ')}: ${reasons.join('; ')}.`;
  complaints.warn(undefined, message, 'To choose another order, list the posts under `issues:`.');
}

function complainOfMissing(
  candidates: readonly Candidate[],
  partial: readonly Rule[],
  complaintsOf: (post: Post) => Complaints,
): void {
  const [rule] = partial.toSorted(
    (a, b) => followersOf(candidates, b.placeOf).length - followersOf(candidates, a.placeOf).length,
  );
  if (rule === undefined) return;
  const [placed] = followersOf(candidates, rule.placeOf);
  const [first, ...more] = candidates.filter((candidate) => rule.placeOf(candidate) === undefined);
  if (placed === undefined || first === undefined) return;
  const missing = more.length === 0 ? 'this post has none' : `this post and ${more.length} more have none`;
  complaintsOf(first.post).error(
    undefined,
    `Its place in the series is unclear: ${placed.post.file} has ${rule.name}, ${missing}.`,
    `Give every post ${rule.name}, or list them under \`issues:\`.`,
  );
}

function complainOfShared(
  ordered: readonly Candidate[],
  { name, placeOf, lineIn }: Rule,
  complaintsOf: (post: Post) => Complaints,
): void {
  const pairs = ordered.flatMap((candidate, index) => {
    const earlier = ordered[index - 1];
    const place = placeOf(candidate);
    return earlier !== undefined && place !== undefined && placeOf(earlier) === place
      ? [{ candidate, earlier, place }]
      : [];
  });
  const [first, ...more] = pairs;
  if (first === undefined) return;
  const { candidate, earlier, place } = first;
  const posts = more.length === 1 ? 'post shares' : 'posts share';
  const others = more.length === 0 ? '' : `; ${more.length} more ${posts} a place`;
  const message = `It claims the same place as ${earlier.post.file}: both have ${name} of ${place}${others}.`;
  complaintsOf(candidate.post).error(lineIn(candidate.post), message, 'Give each its own place.');
}
