import { parseEmailAddress } from '../../src/domain/email-address.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import type { Issue, IssueId } from '../../src/domain/issue.ts';
import type { RenderedIssue, Slotted } from '../../src/domain/rendered-issue.ts';
import type { Series, SeriesId } from '../../src/domain/series.ts';
import { createComposer, type ComposerOptions } from '../../src/compose/render-issue.ts';

export const SITE = 'https://blog.example.com';
export const ADDRESS = 'Example Press\n1 Garden Lane';

export function sampleIssue(changes: Partial<Issue> = {}): Issue {
  return {
    id: 'soil' as IssueId,
    number: 2,
    title: 'Feeding the soil',
    subject: 'Feeding the soil',
    preheader: '',
    description: '',
    aliases: ['soil', '02-soil', '/posts/soil/'],
    body: 'Leaves.',
    file: 'content/garden/02-soil.md',
    bodyLine: 5,
    params: {},
    lines: {},
    ...changes,
  };
}

/** A series of three, the given issue in the middle. */
export function sampleSeries(issue: Issue, changes: Partial<Series> = {}): Series {
  const tools = sampleIssue({
    id: 'tools' as IssueId,
    number: 1,
    title: 'Tools',
    aliases: ['tools', '01-tools', '/posts/tools/'],
  });
  const seeds = sampleIssue({
    id: 'seeds' as IssueId,
    number: 3,
    title: 'Seeds',
    aliases: ['種子', '03-seeds', '/posts/種子/'],
  });
  return {
    id: 'garden' as SeriesId,
    title: 'A Year in the Garden',
    description: '',
    language: 'en',
    from: { name: 'Example Press', address: parseEmailAddress('press@example.com') as EmailAddress },
    cadence: { every: { kind: 'days', days: 1 }, timezone: 'Asia/Taipei' },
    join: 'first',
    paces: [],
    letters: [],
    template: 'issue',
    issues: [tools, issue, seeds],
    file: 'content/garden/_index.md',
    ...changes,
  };
}

/** Renders the issue in its sample series. */
export function renderSample(
  issue: Partial<Issue>,
  series: Partial<Series> = {},
  options: Partial<ComposerOptions> = { siteUrl: SITE },
) {
  const whole = sampleIssue(issue);
  return createComposer({ postalAddress: ADDRESS, ...options }).renderIssue(
    sampleSeries(whole, series),
    whole,
  );
}

/** The same, for tests that expect a mail to come of it. */
export async function renderedSample(...args: Parameters<typeof renderSample>): Promise<RenderedIssue> {
  const result = await renderSample(...args);
  if (!('rendered' in result)) throw new Error(JSON.stringify(result.problems));
  return result.rendered;
}

export const filled = (slotted: Slotted): string =>
  slotted.map((part, index) => (index % 2 === 0 ? part : `https://news.example.com/${part}`)).join('');
