import { createHash } from 'node:crypto';
import type { Issue } from '../../domain/issue.ts';
import type { Series } from '../../domain/series.ts';
import type { ComposerOptions } from '../render-issue.ts';
import { BESIDE } from '../series-around.ts';
import type { Stationery } from '../template/stationery.ts';
import { composerRevision } from './composer-revision.ts';

/**
 * A digest of everything that decides the bytes of an issue, but for image files, which are only known once it is composed:
 * 64 hex digits.
 */
export async function composedKey(
  series: Series,
  issue: Issue,
  { siteUrl = null, postalAddress, findImage }: KeyedOptions,
  stationery: Stationery,
): Promise<string> {
  const parts = [
    await composerRevision(),
    stationery.digest,
    siteUrl,
    postalAddress,
    findImage !== undefined,
    seriesDigest(series),
    issue,
  ];
  return sha256(JSON.stringify(parts));
}

type KeyedOptions = { readonly siteUrl?: string | null } & Pick<
  ComposerOptions,
  'postalAddress' | 'findImage'
>;

// Hashed once, or each issue of a long series would cost as much as the whole series.
const digests = new WeakMap<Series, string>();

/** The series as its other issues show it: what stands in their lists and links. */
function seriesDigest(series: Series): string {
  const known = digests.get(series);
  if (known !== undefined) return known;
  const issues = series.issues.map((issue) => BESIDE.map((field) => issue[field]));
  const digest = sha256(JSON.stringify({ ...series, issues }));
  digests.set(series, digest);
  return digest;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
