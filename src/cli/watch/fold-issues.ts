import type { IssueStatus } from '../../domain/series-status.ts';

/** Issues that say the same one after another are one line where there are many. */
export interface Fold {
  readonly from: number;
  readonly to: number;
  readonly state: IssueStatus['state'];
  readonly issues: readonly IssueStatus[];
}

/** So many are shown as they are. */
const FEW = 10;
/** Fewer would save nothing. */
const LEAST_RUN = 3;

/** A long series' issues with runs of what is over, or not begun, folded; what is under way, next or in trouble stays. */
export function foldIssues(issues: readonly IssueStatus[]): (IssueStatus | Fold)[] {
  if (issues.length <= FEW) return [...issues];
  const isQuiet = quietIn(issues);
  const folded: (IssueStatus | Fold)[] = [];
  let run: IssueStatus[] = [];
  const endRun = (): void => {
    folded.push(...(run.length >= LEAST_RUN ? [foldOf(run)] : run));
    run = [];
  };
  for (const issue of issues) {
    if (run[0] !== undefined && run[0].state !== issue.state) endRun();
    if (isQuiet(issue)) run.push(issue);
    else {
      endRun();
      folded.push(issue);
    }
  }
  endRun();
  return folded;
}

function quietIn(issues: readonly IssueStatus[]): (issue: IssueStatus) => boolean {
  const latest = issues.findLast(({ accepted }) => accepted > 0);
  const next = issues
    .filter(({ nextDueAt }) => nextDueAt !== undefined)
    .reduce<IssueStatus | undefined>(
      (first, issue) => ((issue.nextDueAt ?? 0) < (first?.nextDueAt ?? Infinity) ? issue : first),
      undefined,
    );
  return (issue) =>
    issue !== latest &&
    issue !== next &&
    issue.state !== 'sending' &&
    issue.state !== 'held' &&
    issue.deferred + issue.uncertain === 0 &&
    issue.addsUp;
}

function foldOf(run: readonly IssueStatus[]): Fold {
  const numbers = run.map(({ number }) => number).filter((number) => number > 0);
  return {
    from: Math.min(...numbers),
    to: Math.max(...numbers),
    state: run[0]?.state ?? 'waiting',
    issues: run,
  };
}

export const isFold = (row: IssueStatus | Fold): row is Fold => 'from' in row;
