import { domainToASCII } from 'node:url';
import { placeNamed } from '../../actions/join-series.ts';
import { isCodePattern, type FailureFilter } from '../../domain/failure.ts';
import type { IssueId } from '../../domain/issue.ts';
import { isIssue, type SeriesPlan } from '../../domain/plan.ts';
import { EXIT, type ExitCode } from '../../domain/refusal.ts';
import type { SeriesId } from '../../domain/series.ts';
import type { App } from '../../app.ts';
import { notScheduled } from '../change-state.ts';
import type { Terminal } from '../terminal.ts';

export interface FailureFlags {
  readonly issue?: string;
  readonly domain?: string;
  readonly code?: string;
}

/** A series' plan, and what of its failures is meant. */
export interface Meant {
  readonly plan: SeriesPlan;
  readonly filter: FailureFilter;
}

/** What is meant, series by series; or the exit code, after having said what is wrong. */
export async function meantOrSaid(
  terminal: Terminal,
  app: App,
  name: string | undefined,
  flags: FailureFlags,
): Promise<Meant[] | ExitCode> {
  const filter = filterOrSaid(terminal, flags);
  if (filter === undefined) return EXIT.usage;
  if (name === undefined && flags.issue !== undefined) {
    terminal.say('--issue needs a series before it.');
    return EXIT.usage;
  }
  const plans =
    name === undefined ? await app.store.plans.all() : [await app.store.plans.find(name as SeriesId)];
  const meant: Meant[] = [];
  for (const plan of plans) {
    if (plan === undefined) return (await notScheduled(terminal, app, name ?? '')) as ExitCode;
    const issue = flags.issue === undefined ? undefined : issueNamed(plan, flags.issue);
    if (flags.issue !== undefined && issue === undefined) return sayUnknownIssue(terminal, plan, flags.issue);
    meant.push({ plan, filter: { ...filter, ...(issue !== undefined && { issue }) } });
  }
  return meant;
}

/** By its id or its number; one that was taken out, by its id. */
export function issueNamed(plan: SeriesPlan, name: string): IssueId | undefined {
  const place = placeNamed(plan, name);
  if (place !== undefined && isIssue(place)) return place;
  return plan.issues.find(({ id }) => id === name)?.id;
}

export function sayUnknownIssue(terminal: Terminal, plan: SeriesPlan, name: string): ExitCode {
  terminal.say(`Series "${plan.series}" has no issue "${name}": \`partwork status ${plan.series}\`.`);
  return EXIT.failed;
}

/** Undefined after having said which flag is not understood. */
export function filterOrSaid(
  terminal: Terminal,
  { domain, code }: FailureFlags,
): Omit<FailureFilter, 'issue'> | undefined {
  if (code !== undefined && !isCodePattern(code)) {
    terminal.say(`--code: "${code}" is no reply: try 451, 5xx, 4.7.1, "451 4.7.1" or lost.`);
    return undefined;
  }
  const ascii = domain === undefined ? undefined : domainToASCII(domain.replace(/^[@.]+/, ''));
  if (ascii === '') {
    terminal.say(`--domain: "${domain}" is no domain.`);
    return undefined;
  }
  return { ...(ascii !== undefined && { domain: ascii }), ...(code !== undefined && { code }) };
}
