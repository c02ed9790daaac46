import { planResend, type ResendPlan } from '../../actions/missed/plan-resend.ts';
import { resendMissed, type Resent, type ResendWish } from '../../actions/missed/resend-missed.ts';
import { RESEND_REASONS, type Missed, type MissedReason, type ResendObstacle } from '../../domain/missed.ts';
import { EXIT } from '../../domain/refusal.ts';
import { count } from '../count.ts';
import { plainJson } from '../plain-json.ts';
import type { Terminal } from '../terminal.ts';
import { withApp } from '../with-app.ts';
import { filterOrSaid, type FailureFlags } from './failure-flags.ts';
import { issueOrSaid, type NamedIssue } from './issue-or-said.ts';
import { lookingOn, REASON_WORDS } from './missed.ts';

interface ResendFlags extends Omit<FailureFlags, 'issue'> {
  readonly missed?: boolean;
  readonly reason?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const OBSTACLE_WORDS: Readonly<Record<ResendObstacle, string>> = {
  suppressed:
    'their address must not be mailed: `partwork subscribers unsuppress <address>`, and `subscribers add` if they read no more',
  left: 'they read no more',
  'in-doubt': 'they may have had it: see `partwork held`',
};

/** In the order in which they are told. */
const TOLD: readonly (readonly [keyof Resent, string])[] = [
  ['coming', 'will be sent it again'],
  ['coming-already', 'get it anyway'],
  ['had', 'had it meanwhile'],
  ['under-way', 'left alone: another issue is being sent to them. Run this again in a minute'],
  ['in-doubt', 'left alone: they may have had it'],
  ['suppressed', 'left alone: their address must not be mailed'],
  ['ended', 'left alone: they read no more'],
  ['changed', 'left alone: they were moving. Run this again'],
];

/**
 * `partwork resend <series> <issue> --missed [--reason R,…] [--domain D] [--code C] [--dry-run] [--yes] [--json]`: sends an issue again to those
 * who missed it, after saying to how many and to whom not.
 */
export function resend(
  terminal: Terminal,
  series: string,
  name: string,
  { missed = false, reason, yes = false, dryRun = false, json = false, ...flags }: ResendFlags,
): Promise<number> {
  return withApp(terminal, async (app) => {
    const wish = missed ? wishOrSaid(terminal, reason, flags) : undefined;
    if (!missed)
      terminal.say('Only to those who missed it: say --missed. Nobody is sent twice what they have had.');
    if (wish === undefined) return EXIT.usage;
    const named = await issueOrSaid(terminal, app, series, name);
    if (typeof named === 'number') return named;
    const { plan, issue } = named;
    const proposed = await planResend(app, plan.series, issue.id, wish, lookingOn(terminal));
    if (json && dryRun) terminal.print(plainJson(planJson(named, proposed)));
    else for (const line of describe(named, proposed)) terminal.say(line);
    if (dryRun || proposed.toResend === 0) return EXIT.ok;
    if (!yes && !(await isConfirmed(terminal, proposed))) return EXIT.usage;
    const resent = await resendMissed(app, plan.series, issue.id, wish, lookingOn(terminal));
    if (json) terminal.print(plainJson({ series: plan.series, issue: issue.id, ...resent }));
    else tell(terminal, named, resent);
    return EXIT.ok;
  });
}

function wishOrSaid(
  terminal: Terminal,
  reason: string | undefined,
  flags: FailureFlags,
): ResendWish | undefined {
  const filter = filterOrSaid(terminal, flags);
  if (filter === undefined || reason === undefined) return filter;
  const asked = reason.split(',').map((one) => one.trim());
  const unknown = asked.find((one) => !RESEND_REASONS.some((known) => known === one));
  if (unknown === undefined) return { ...filter, reasons: asked as MissedReason[] };
  terminal.say(`--reason: "${unknown}" is none of ${RESEND_REASONS.join(', ')}.`);
  return undefined;
}

async function isConfirmed(terminal: Terminal, { toResend }: ResendPlan): Promise<boolean> {
  if (!terminal.isInteractive) {
    terminal.say('Nothing was done: off a terminal, say --yes.');
    return false;
  }
  return terminal.confirm(`Send it again to ${count(toResend, 'reader')}?`);
}

function describe({ plan, issue }: NamedIssue, proposed: ResendPlan): string[] {
  const { toResend, obstacles, notAsked, ahead } = proposed;
  return [
    `"${issue.id}" of ${plan.series} can be sent again to ${count(toResend, 'reader')}, each after their gap; then they go on where they were.`,
    ...[...obstacles].map(([why, n]) => `  ${n} cannot have it now: ${OBSTACLE_WORDS[why]}.`),
    ...[...notAsked].map(([why, n]) => `  ${n} not meant: ${REASON_WORDS[why]}${hint(why)}.`),
    ...(ahead === 0 ? [] : [`  ${ahead} have it ahead of them.`]),
  ];
}

const hint = (why: Missed['why']): string => (why === 'began-later' ? ' (`--reason began-later`)' : '');

function tell(terminal: Terminal, { plan }: NamedIssue, resent: Resent): void {
  for (const [answer, words] of TOLD)
    if (resent[answer] > 0) terminal.say(`${count(resent[answer], 'reader')} ${words}.`);
  if (plan.state !== 'running')
    terminal.say(
      `The series is ${plan.state}: it is sent when it goes on (\`partwork resume ${plan.series}\`).`,
    );
}

const planJson = ({ plan, issue }: NamedIssue, { toResend, obstacles, notAsked, ahead }: ResendPlan) => ({
  series: plan.series,
  issue: issue.id,
  toResend,
  obstacles: Object.fromEntries(obstacles),
  notAsked: Object.fromEntries(notAsked),
  ahead,
});
