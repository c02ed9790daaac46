import { listMissed } from '../../actions/missed/list-missed.ts';
import type { App } from '../../app.ts';
import { AHEAD_REASONS, isAhead, MISSED_REASONS, type Missed } from '../../domain/missed.ts';
import { EXIT } from '../../domain/refusal.ts';
import { count } from '../count.ts';
import { formatTime } from '../format-time.ts';
import { plainJson } from '../plain-json.ts';
import { plainText } from '../plain-text.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { withApp } from '../with-app.ts';
import { issueOrSaid, type NamedIssue } from './issue-or-said.ts';

interface MissedFlags {
  readonly list?: boolean;
  readonly json?: boolean;
}

const FEW = 20;

/** What each reason means to a person. */
export const REASON_WORDS: Readonly<Record<Missed['why'], string>> = {
  rejected: 'their server refused it',
  suppressed: 'their address must not be mailed',
  skipped: 'it came into the series when they were past it',
  'began-later': 'they began with a later issue',
  left: 'they left before it came',
  held: 'may or may not have it: waits for you (`partwork held`)',
  uncertain: 'may or may not have it: one more copy is on its way',
  deferred: 'put off by their server, and tried again',
  waiting: 'still ahead of them',
};

/** `partwork missed <series> <issue> [--list] [--json]`: who has not had an issue, and why. */
export function missed(
  terminal: Terminal,
  series: string,
  name: string,
  { list = false, json = false }: MissedFlags,
): Promise<number> {
  return withApp(terminal, async (app) => {
    const named = await issueOrSaid(terminal, app, series, name);
    if (typeof named === 'number') return named;
    const counts = new Map<Missed['why'], number>();
    const few: Missed[] = [];
    for await (const one of everyOne(terminal, app, named)) {
      counts.set(one.why, (counts.get(one.why) ?? 0) + 1);
      if (json && list) terminal.print(plainJson(missedJson(one), { isDense: true }));
      else if (list && !isAhead(one)) terminal.print(missedLine(app, one));
      else if (!isAhead(one) && few.length <= FEW) few.push(one);
    }
    if (json && list) return EXIT.ok;
    if (json) terminal.print(plainJson(countsJson(named, counts)));
    else for (const line of describe(app, terminal, named, counts, few)) terminal.print(line);
    return EXIT.ok;
  });
}

async function* everyOne(terminal: Terminal, app: App, { plan, issue }: NamedIssue): AsyncGenerator<Missed> {
  const looking = lookingOn(terminal);
  for await (const page of listMissed(app, plan.series, issue.id, looking)) yield* page;
}

const QUICK_MS = 1_500;

/** Tells how far looking at everybody is, once it has gone on for longer than anybody likes to wait in silence. */
export function lookingOn(terminal: Terminal): (looked: number) => void {
  const started = Date.now();
  return (looked) => {
    if (Date.now() - started > QUICK_MS) terminal.progress(`Looking: ${count(looked, 'reader')} so far.`);
  };
}

function describe(
  app: App,
  terminal: Terminal,
  { plan, issue }: NamedIssue,
  counts: ReadonlyMap<Missed['why'], number>,
  few: readonly Missed[],
): string[] {
  const sum = (reasons: readonly Missed['why'][]) =>
    reasons.reduce((n, why) => n + (counts.get(why) ?? 0), 0);
  const all = sum(MISSED_REASONS);
  const title = `${count(all, 'reader')} of ${plan.series} missed "${plainText(issue.title)}" (${issue.id})`;
  const ahead = sum(AHEAD_REASONS);
  return [
    terminal.style('bold', title + (ahead === 0 ? '' : `; for ${ahead} it is still ahead`)),
    ...table(
      [{ title: '', align: 'right' }, { title: '' }, { title: '' }],
      [...MISSED_REASONS, ...AHEAD_REASONS].flatMap((why) =>
        counts.has(why) ? [[`  ${counts.get(why)}`, why, REASON_WORDS[why]]] : [],
      ),
    ),
    ...(few.length === 0 || few.length > FEW ? [] : ['', ...few.map((one) => missedLine(app, one))]),
    ...(few.length > FEW ? ['', '`--list` shows each of them.'] : []),
    ...(all === 0
      ? []
      : [
          '',
          `\`partwork resend ${plan.series} ${issue.id} --missed --dry-run\` tells who can have it again.`,
        ]),
  ];
}

function missedLine({ config }: App, { address, why, at, words, obstacle }: Missed): string {
  const facts = [
    why,
    ...(at === undefined ? [] : [formatTime(at, config.timezone)]),
    ...(words === '' ? [] : [plainText(words)]),
    ...(obstacle === 'suppressed' && why !== 'suppressed' ? ['the address is suppressed'] : []),
    ...(obstacle === 'left' && why !== 'left' ? ['reads no more'] : []),
  ];
  return `${address}  ${facts.join('; ')}`;
}

/** For scripts; stable. */
const missedJson = ({ at, ...rest }: Missed) => ({
  ...rest,
  ...(at !== undefined && { at: new Date(at).toISOString() }),
});

const countsJson = ({ plan, issue }: NamedIssue, counts: ReadonlyMap<Missed['why'], number>) => ({
  series: plan.series,
  issue: issue.id,
  title: issue.title,
  missed: Object.fromEntries(MISSED_REASONS.map((why) => [why, counts.get(why) ?? 0])),
  ahead: Object.fromEntries(AHEAD_REASONS.map((why) => [why, counts.get(why) ?? 0])),
});
