import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createComposer } from '../../src/compose/render-issue.ts';
import { createImageFinder } from '../../src/content/find-image.ts';
import { loadContent } from '../../src/content/load-content.ts';
import { parseEmailAddress, type EmailAddress } from '../../src/domain/email-address.ts';
import type { Problem } from '../../src/domain/problem.ts';
import type { RenderedIssue } from '../../src/domain/rendered-issue.ts';

/** What a site of the corpus must come to: `expected.json` beside it. */
export interface ExpectedSite {
  /** The folder of posts inside the site. */
  readonly content: string;
  readonly siteUrl: string;
  readonly language: string;
  /** `place:line rule`, in order. */
  readonly problems: readonly string[];
  /** Per issue, what a reader must find, in this order. */
  readonly issues: Readonly<Record<string, readonly string[]>>;
}

export interface SiteMails {
  readonly mails: ReadonlyMap<string, RenderedIssue>;
  readonly problems: readonly Problem[];
}

const SITES = fileURLToPath(new URL('../fixtures/sites', import.meta.url));

export const siteNames = readdirSync(SITES);

export const expectedOf = (site: string): ExpectedSite =>
  JSON.parse(readFileSync(join(SITES, site, 'expected.json'), 'utf8')) as ExpectedSite;

/** Composes every post of a site just as it lies there. */
export async function composeSite(site: string): Promise<SiteMails> {
  const { content, siteUrl, language } = expectedOf(site);
  const root = resolve(SITES, site, content);
  const from = { name: 'Example Press', address: parseEmailAddress('press@example.com') as EmailAddress };
  const loaded = await loadContent({ root, defaults: { language, timezone: 'UTC', from } });
  const findImage = createImageFinder({ contentFolder: root, siteUrl });
  const composer = createComposer({ siteUrl, postalAddress: '1 Garden Lane', findImage });

  const mails = new Map<string, RenderedIssue>();
  const problems: Problem[] = [...loaded.problems];
  for (const report of loaded.reports) problems.push(...report.problems, ...report.strayErrors);
  for (const series of loaded.series) {
    for (const issue of series.issues) {
      const result = await composer.renderIssue(series, issue);
      problems.push(...result.problems);
      if ('rendered' in result) mails.set(issue.id, result.rendered);
    }
  }
  return { mails, problems };
}

/** `first-heap/index.md:12 alt-text`: a problem as `expected.json` names it. */
export const shortProblem = (site: string, { file, line, rule, message }: Problem): string => {
  const place = file.slice(file.indexOf(`${site}/`) + site.length + 1);
  return `${place}:${line ?? '-'} ${rule ?? message}`;
};
