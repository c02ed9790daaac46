import { listFailures } from '../../actions/missed/list-failures.ts';
import type { App } from '../../app.ts';
import { FAILURE_STATES, FailureGroups, type Failure, type FailureGroup } from '../../domain/failure.ts';
import type { Instant } from '../../domain/instant.ts';
import { EXIT } from '../../domain/refusal.ts';
import { count } from '../count.ts';
import { formatDistance } from '../format-time.ts';
import { plainJson } from '../plain-json.ts';
import { plainText } from '../plain-text.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { withApp } from '../with-app.ts';
import { meantOrSaid, type FailureFlags, type Meant } from './failure-flags.ts';

interface FailuresFlags extends FailureFlags {
  readonly list?: boolean;
  readonly json?: boolean;
}

/** So many are shown one by one without being asked for. */
const FEW = 20;
const GROUPS_SHOWN = 50;
const WORDS_COLUMNS = 100;

/** `partwork failures [series] [--issue I] [--domain D] [--code C] [--list] [--json]`: who was put off, refused or is in doubt, and why. */
export function failures(
  terminal: Terminal,
  name: string | undefined,
  { list = false, json = false, ...flags }: FailuresFlags,
): Promise<number> {
  return withApp(terminal, async (app) => {
    const meant = await meantOrSaid(terminal, app, name, flags);
    if (!Array.isArray(meant)) return meant;
    const now = await app.store.now();
    if (json && list) {
      for await (const one of everyOne(app, meant))
        terminal.print(plainJson(failureJson(one), { isDense: true }));
      return EXIT.ok;
    }
    const { groups, few } = await gather(app, meant);
    if (json) terminal.print(plainJson(groupsJson(groups, now)));
    else if (groups.count === 0) terminal.print('Nobody was put off, refused or is in doubt.');
    else {
      for (const line of describeGroups(groups, now, terminal)) terminal.print(line);
      if (list) for await (const one of everyOne(app, meant)) terminal.print(failureLine(one, now));
      else if (groups.count <= FEW) for (const one of few) terminal.print(failureLine(one, now));
      else terminal.say(`\`--list\` shows each of the ${count(groups.count, 'reader')}.`);
    }
    return EXIT.ok;
  });
}

async function* everyOne(app: App, meant: readonly Meant[]): AsyncGenerator<Failure> {
  for (const { plan, filter } of meant) for await (const page of listFailures(app, plan, filter)) yield* page;
}

async function gather(app: App, meant: readonly Meant[]) {
  const groups = new FailureGroups();
  const few: Failure[] = [];
  for await (const one of everyOne(app, meant)) {
    groups.add(one);
    if (few.length < FEW) few.push(one);
  }
  return { groups, few };
}

function describeGroups(groups: FailureGroups, now: Instant, terminal: Terminal): string[] {
  const { all } = groups;
  const states = FAILURE_STATES.filter((state) => groups.byState.has(state));
  return [
    terminal.style('bold', states.map((state) => `${groups.byState.get(state)} ${state}`).join(', ')),
    '',
    ...table(
      ['', 'Series', 'Issue', 'State', 'Reply', 'Domain', 'Next try', 'In the server’s words'].map(
        (title, index) => ({ title, align: index === 0 ? 'right' : 'left' }),
      ),
      all.slice(0, GROUPS_SHOWN).map((group) => groupRow(group, now)),
    ),
    ...(all.length > GROUPS_SHOWN ? [`and ${count(all.length - GROUPS_SHOWN, 'more kind')}`] : []),
    '',
  ];
}

const groupRow = (group: FailureGroup, now: Instant): string[] => [
  String(group.count),
  group.series,
  group.issue,
  group.state,
  group.reply,
  group.domain,
  group.nextAt === undefined ? '' : formatDistance(group.nextAt, now),
  plainText(group.words, WORDS_COLUMNS),
];

function failureLine(one: Failure, now: Instant): string {
  const { address, series, issue, state, attempts, nextAt, isUnderWay, words } = one;
  const facts = [
    `${series}/${issue}`,
    state,
    ...(attempts === undefined ? [] : [count(attempts, 'try').replace('trys', 'tries')]),
    ...(isUnderWay ? ['being tried now'] : []),
    ...(nextAt === undefined ? [] : [`next ${formatDistance(nextAt, now)}`]),
    ...(words === '' ? [] : [plainText(words)]),
  ];
  return `${address}  ${facts.join('; ')}`;
}

/** For scripts; stable. Words are as the server said them. */
const failureJson = ({ since, nextAt, ...rest }: Failure) => ({
  ...rest,
  since: isoOf(since),
  ...(nextAt !== undefined && { nextAt: isoOf(nextAt) }),
});

const groupsJson = (groups: FailureGroups, now: Instant) => ({
  at: isoOf(now),
  failures: groups.count,
  byState: Object.fromEntries(FAILURE_STATES.map((state) => [state, groups.byState.get(state) ?? 0])),
  groups: groups.all.map(({ nextAt, ...rest }) => ({
    ...rest,
    ...(nextAt !== undefined && { nextAt: isoOf(nextAt) }),
  })),
});

const isoOf = (at: Instant): string => new Date(at).toISOString();
