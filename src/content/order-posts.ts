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
const byFileName = new Intl.Collator('en', { numeric: true });

/**
 * Puts posts in the order of the first rule any of them follows: `part`, `series_order`, `issue`, `weight`, the number before the
 * file name, the date; else by file name. A rule followed by some only, or one place taken twice, is an error naming both files:
 * readers would get the series in an order nobody chose.
 */
export function orderPosts(
  candidates: readonly Candidate[],
  complaintsOf: (post: Post) => Complaints,
): Candidate[] {
  const byName = candidates.toSorted((a, b) => compareNames(a.post, b.post));
  complainOfUnreadable(byName, complaintsOf);
  const rule = RULES.find(({ placeOf }) => candidates.some((candidate) => placeOf(candidate) !== undefined));
  if (rule === undefined) return byName;

  complainOfMissing(byName, rule, complaintsOf);
  const ordered = byName.toSorted((a, b) => (rule.placeOf(a) ?? 0) - (rule.placeOf(b) ?? 0));
  if (!rule.mayBeShared) complainOfShared(ordered, rule, complaintsOf);
  return ordered;
}

function byKey(key: string): Rule {
  return {
    name: `\`${key}\``,
    placeOf: ({ post }) => numberIn(post, key),
    lineIn: ({ data }) => findField(data, key)?.line,
    mayBeShared: false,
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
): void {
  for (const { post } of candidates) {
    for (const key of NUMERIC_KEYS) {
      const field = findField(post.data, key);
      if (field === undefined || Number.isFinite(numberOf(field.value))) continue;
      complaintsOf(post).error(
        field.line,
        `\`${field.key}\` must be a number: the post's place in the series.`,
      );
    }
  }
}

function complainOfMissing(
  candidates: readonly Candidate[],
  { name, placeOf }: Rule,
  complaintsOf: (post: Post) => Complaints,
): void {
  const placed = candidates.find((candidate) => placeOf(candidate) !== undefined);
  for (const candidate of candidates) {
    if (placeOf(candidate) !== undefined || placed === undefined || candidate.problems.some(isError))
      continue;
    const message = `Its place in the series is unclear: ${placed.post.file} has ${name}, this post has none.`;
    complaintsOf(candidate.post).error(
      undefined,
      message,
      `Give every post ${name}, or list them under \`issues:\`.`,
    );
  }
}

function complainOfShared(
  ordered: readonly Candidate[],
  { name, placeOf, lineIn }: Rule,
  complaintsOf: (post: Post) => Complaints,
): void {
  for (const [index, candidate] of ordered.entries()) {
    const earlier = ordered[index - 1];
    if (earlier === undefined || placeOf(earlier) === undefined || placeOf(earlier) !== placeOf(candidate))
      continue;
    const message = `It claims the same place as ${earlier.post.file}: both have ${name} of ${placeOf(candidate)}.`;
    complaintsOf(candidate.post).error(lineIn(candidate.post), message, 'Give each its own place.');
  }
}
