import type { IssueStatus, SeriesStatus } from '../../domain/series-status.ts';
import { amount } from '../amount.ts';
import { cell, styled, wrapped, type Line, type Paper } from '../styled-line.ts';
import {
  cellsOfIssue,
  percentOf,
  STATE_STYLE,
  widthsOf,
  type IssueCells,
  type Widths,
} from './issue-cells.ts';
import { partNames, progressBar, type Part } from './progress-bar.ts';

/** The lines of each issue, and what stands above them. */
export interface IssueTable {
  readonly head: readonly Line[];
  readonly rows: readonly (readonly Line[])[];
}

const GAP = '  ';
const LEAST_TITLE = 14;
const LEAST_BAR = 8;
const MOST_BAR = 40;
const PERCENT = ' 100%'.length;

/** Always a column, so that it does not come and go; the others where there is anybody. */
const USUAL: readonly Part[] = ['accepted', 'waiting'];

/**
 * The issues with state, date, progress and the counts that add up to the audience. On wide paper a line each, with columns; on narrower
 * paper the sum stands below, and on very narrow paper the rest as well.
 */
export function issueTable(status: SeriesStatus, issues: readonly IssueStatus[], paper: Paper): IssueTable {
  if (issues.length === 0) return { head: [], rows: [] };
  const all = issues.map((issue) => cellsOfIssue(status, issue));
  const widths = widthsOf(all);
  const columns = countColumns(issues);
  const fixed = widths.number + widths.state + widths.when + 4 * GAP.length;
  const title = Math.min(widths.title, LEAST_TITLE);

  const counts = columns.reduce((n, { width }) => n + GAP.length + width, 0);
  const wide = paper.columns - fixed - counts - PERCENT;
  if (wide >= Math.max(title, widths.title - 6) + LEAST_BAR)
    return wideTable(all, widths, columns, paper, wide);

  const middle = paper.columns - fixed - 1 - widths.share;
  const rowOf = middle >= title + LEAST_BAR ? middleRow : narrowRows;
  return {
    head: [],
    rows: all.map((cells) => [...rowOf(cells, widths, paper, middle), ...sumRows(cells, widths, paper)]),
  };
}

interface CountColumn {
  readonly part: Part | 'audience';
  readonly width: number;
}

function countColumns(issues: readonly IssueStatus[]): CountColumn[] {
  const shown = partNames.filter((part) => USUAL.includes(part) || issues.some((issue) => issue[part] > 0));
  return (['audience', ...shown] as const).map((part) => ({
    part,
    width: Math.max(part.length, ...issues.map((issue) => amount(issue[part]).length)),
  }));
}

function wideTable(
  all: readonly IssueCells[],
  widths: Widths,
  columns: readonly CountColumn[],
  paper: Paper,
  room: number,
): IssueTable {
  const { title, bar } = dividedRoom(widths, room);
  const head = [
    cell('#', widths.number, 'right'),
    cell('Issue', title),
    cell('', widths.state),
    cell('', widths.when),
    cell('', bar + PERCENT),
    ...columns.map(({ part, width }) => cell(part, width, 'right')),
  ];
  const rows = all.map((cells): Line => [
    ...mainCells(cells, widths, title),
    ...progressBar(cells.issue, bar, paper),
    { text: ` ${percentOf(cells.issue)}` },
    ...columns.map(({ part, width }) => ({
      text: GAP + cell(amount(cells.issue[part]), width, 'right'),
      ...(part === 'audience' && !cells.issue.addsUp && { style: 'red' as const }),
    })),
  ]);
  return { head: [styled('dim', head.join(GAP))], rows: rows.map((row) => [row]) };
}

/** Titles come first; what is left over makes a longer bar. */
function dividedRoom(widths: Widths, room: number): { title: number; bar: number } {
  const title = Math.min(widths.title, room - LEAST_BAR);
  return { title, bar: Math.min(MOST_BAR, room - title) };
}

function middleRow(cells: IssueCells, widths: Widths, paper: Paper, room: number): Line[] {
  const { title, bar } = dividedRoom(widths, room);
  const row = [
    ...mainCells(cells, widths, title),
    ...progressBar(cells.issue, bar, paper),
    { text: ` ${cells.share}` },
  ];
  return [row];
}

const mainCells = ({ issue, number, title, when }: IssueCells, widths: Widths, titleWidth: number): Line => [
  { text: cell(number, widths.number, 'right') + GAP },
  { text: cell(title, titleWidth) + GAP },
  { text: cell(issue.state, widths.state) + GAP, style: STATE_STYLE[issue.state] },
  { text: cell(when, widths.when) + GAP },
];

function narrowRows({ issue, number, title, when, share }: IssueCells, widths: Widths, paper: Paper): Line[] {
  const indent = ' '.repeat(widths.number) + GAP;
  const bar = Math.max(LEAST_BAR, Math.min(MOST_BAR, paper.columns - indent.length - 1 - widths.share));
  return [
    [{ text: cell(number, widths.number, 'right') + GAP }, { text: title, style: 'bold' }],
    [
      { text: indent },
      { text: issue.state, style: STATE_STYLE[issue.state] },
      { text: when === '' ? '' : `, ${when}` },
    ],
    [{ text: indent }, ...progressBar(issue, bar, paper), { text: ` ${share}` }],
  ];
}

/** `50 = 20 accepted + 30 waiting`; nothing where the percentage says it all. */
function sumRows({ issue }: IssueCells, widths: Widths, { columns }: Paper): Line[] {
  const { audience, accepted, waiting, addsUp } = issue;
  if (addsUp && (accepted === audience || waiting === audience)) return [];
  const parts = partNames.filter((part) => issue[part] > 0).map((part) => `${amount(issue[part])} ${part}`);
  const indent = widths.number + GAP.length;
  const text = `${amount(audience)} ${addsUp ? '=' : '!='} ${parts.join(' + ')}`;
  return wrapped(text, columns, { first: indent, rest: indent + 2 }).map((line) =>
    styled(addsUp ? 'dim' : 'red', line),
  );
}
