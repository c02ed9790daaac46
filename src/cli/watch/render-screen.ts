import type { Instant } from '../../domain/instant.ts';
import { sumOf, totalsOf } from '../../domain/sample.ts';
import { amount, amountOf } from '../amount.ts';
import { formatDuration, formatTime } from '../format-time.ts';
import { plainText } from '../plain-text.ts';
import { concernLines } from '../status/concerns.ts';
import { legend, machineLines } from '../status/describe-status.ts';
import { fitted, plain, styled, widthOf, wrapped, type Line, type Paper } from '../styled-line.ts';
import { replyLines } from './reply-lines.ts';
import type { Sight } from './sight.ts';
import { sparkline } from './sparkline.ts';
import { watchedSeries } from './watched-series.ts';

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

export interface View {
  readonly sight: Sight;
  /** First line of the body that is seen. */
  readonly scroll: number;
  readonly showsKeys: boolean;
  /** Of the machine that shows it. */
  readonly timezone: string;
}

export interface Rendered {
  /** As many as the screen has rows, none wider than the screen. */
  readonly lines: readonly Line[];
  /** How far one can scroll. */
  readonly furthest: number;
  /** How many lines of the body are seen at once. */
  readonly page: number;
}

const KEYS = [
  'q, Ctrl-C     end',
  'up, down      a line; also k and j',
  'PgUp, PgDn    a screen; also b and space',
  'Home, End     the top, the bottom; also g and G',
  'Ctrl-L        draw all anew',
  'Ctrl-Z        to the background',
  '?             these keys',
  '',
  'Killed with -9 it cannot put the terminal back: type `reset` then.',
];

/** What is seen, on a screen of this size: a line at the top, a body that scrolls, a line at the bottom. */
export function renderScreen(view: View, { columns, rows }: ScreenSize, blocks: boolean): Rendered {
  const paper = { columns, blocks };
  const body = view.showsKeys
    ? KEYS.flatMap((line) => wrapped(line, columns, { rest: 2 })).map(plain)
    : bodyOf(view.sight, paper);
  const page = Math.max(0, rows - 2);
  const furthest = Math.max(0, body.length - page);
  const first = Math.min(Math.max(0, view.scroll), furthest);
  const seen = body.slice(first, first + page);
  const blank = Array.from({ length: page - seen.length }, (): Line => []);
  const foot = footLine(view.showsKeys, first, page, body.length, columns);
  const lines = [headLine(view, columns), ...seen, ...blank, foot].slice(0, rows);
  return { lines: lines.map((line) => fitted(line, columns)), furthest, page };
}

function headLine({ sight, timezone }: View, columns: number): Line {
  const { present, away } = sight;
  const names = present.series.length === 1 ? ` ${plainText(present.series[0]?.plan.series ?? '')}` : '';
  const left = `Partwork${names}`;
  const now = clockAt(away?.until ?? present.now, timezone);
  if (away === undefined) return bar('inverse', left, now, columns);
  return bar(['inverse', 'red'], `${left}: no answer since ${clockAt(away.since, timezone)}`, now, columns);
}

// No zone's clocks differ from UTC by seconds today.
const clockAt = (at: Instant, timezone: string): string =>
  `${formatTime(at, timezone).slice(-5)}:${new Date(at).toISOString().slice(17, 19)}`;

function footLine(showsKeys: boolean, first: number, page: number, all: number, columns: number): Line {
  const keys = showsKeys ? '? back' : 'q end   ? keys';
  const where = all > page ? `lines ${first + 1} to ${Math.min(all, first + page)} of ${all}` : '';
  return bar('inverse', keys, where, columns);
}

/** Left and right over the whole width. */
function bar(style: NonNullable<Line[number]['style']>, left: string, right: string, columns: number): Line {
  const space = columns - widthOf(plain(left)) - widthOf(plain(right)) - 2;
  const text = space < 1 ? ` ${left}` : ` ${left}${' '.repeat(space)}${right} `;
  return styled(style, text.padEnd(columns));
}

function bodyOf(sight: Sight, paper: Paper): Line[] {
  const { present, away } = sight;
  const { series } = present;
  const lines = [
    ...rateLines(sight, paper),
    ...machineLines(present, paper),
    ...queueLines(sight, paper),
    ...concernLines(series, paper),
    ...series.flatMap((status): Line[] => [[], ...watchedSeries(status, paper)]),
    ...(series.length === 0
      ? [plain('No series has been scheduled yet: `partwork schedule <series>`.')]
      : []),
    ...spaced(replyLines(sight.replies, paper)),
    ...spaced(legend(series, paper)),
  ];
  return away === undefined ? lines : [...awayLines(sight, paper), ...lines.map(greyed)];
}

const spaced = (lines: readonly Line[]): Line[] => (lines.length === 0 ? [] : [[], ...lines]);

const greyed = (line: Line): Line => line.map(({ text }) => ({ text, style: 'gray' }));

function awayLines({ present, away }: Sight, { columns }: Paper): Line[] {
  if (away === undefined) return [];
  const text = `! ${away.why} What is below is ${formatDuration(Math.max(0, away.until - present.now))} old.`;
  return wrapped(text, columns, { rest: 2 }).map((line) => styled('red', line));
}

/** The mails of the last minutes, and all there were. */
function rateLines({ present, perSecond }: Sight, { columns, blocks }: Paper): Line[] {
  const totals = sumOf(present.series.map(totalsOf));
  const due = present.series.reduce((n, { issues }) => n + issues.reduce((m, issue) => m + issue.due, 0), 0);
  const minute = present.series.reduce((n, { acceptedLastMinute }) => n + acceptedLastMinute, 0);
  const peak = Math.max(0, ...perSecond.slice(-columns));
  const facts = [
    `${amountOf(minute, 'mail')} in the last minute`,
    `${amount(due)} due`,
    `${amount(totals.accepted)} accepted`,
    `${amount(totals.deferrals)} put off`,
    `${amount(totals.rejected)} refused`,
    ...(totals.doubts > 0 ? [`${amount(totals.doubts)} in doubt`] : []),
    ...(peak > 0 ? [`peak ${amount(Math.round(peak * 10) / 10)}/s`] : []),
  ];
  return [
    styled('cyan', sparkline(perSecond, columns, { blocks })),
    ...wrapped(facts.join(', '), columns).map(plain),
  ];
}

function queueLines({ present }: Sight, { columns }: Paper): Line[] {
  const words = present.queues.map(({ queue, waiting, active, delayed, failed }) => {
    const more = [
      active > 0 && `${active} active`,
      delayed > 0 && `${delayed} later`,
      failed > 0 && `${failed} failed`,
    ];
    return [`${queue} ${amount(waiting)}`, ...more.filter((part) => part !== false)].join(' + ');
  });
  return wrapped(`Queues: ${words.join(', ')}`, columns, { rest: 2 }).map((line) => styled('dim', line));
}
