import type { IssueStatus, SeriesStatus } from '../../domain/series-status.ts';
import { amountOf } from '../amount.ts';
import { plainText } from '../plain-text.ts';
import { answerOf } from '../status/answer.ts';
import { issueTable } from '../status/issue-table.ts';
import { plain, styled, wrapped, type Line, type Paper } from '../styled-line.ts';
import { foldIssues, isFold, type Fold } from './fold-issues.ts';

/** A series as it is watched: the answer, and the issues, of which those that rest are folded. */
export function watchedSeries(status: SeriesStatus, paper: Paper): Line[] {
  const { plan, readers } = status;
  const head = plainText(`${plan.title} (${plan.series}): ${plan.state}, ${amountOf(readers, 'reader')}`);
  const rows = foldIssues(status.issues);
  const shown = rows.filter((row): row is IssueStatus => !isFold(row));
  const table = issueTable(status, shown, paper);
  const lines = new Map(shown.map((issue, index) => [issue, table.rows[index] ?? []]));
  return [
    ...wrapped(head, paper.columns, { rest: 2 }).map((line) => styled('bold', line)),
    ...wrapped(answerOf(status), paper.columns).map(plain),
    ...table.head,
    ...rows.flatMap((row) => (isFold(row) ? [foldLine(row)] : (lines.get(row) ?? []))),
  ];
}

function foldLine({ from, to, state, issues }: Fold): Line {
  const numbers = Number.isFinite(from) ? `${from} to ${to}: ` : '';
  return styled('dim', `  ${numbers}${amountOf(issues.length, 'issue')} ${state}`);
}
