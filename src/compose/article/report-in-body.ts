import type { Root } from 'hast';
import type { Issue } from '../../domain/issue.ts';
import type { Problem } from '../../domain/problem.ts';

/** What is wrong with a part of the post's body; a warning unless it says otherwise. */
export interface BodyProblem {
  readonly severity?: Problem['severity'];
  readonly rule: string;
  readonly message: string;
  readonly fix: string;
}

/** Notes what is wrong at a node of the post's body. */
export type ReportInBody = (at: Pick<Root, 'position'>, problem: BodyProblem) => void;

/** Problems go to `problems`, with the line of the issue's file they are about. */
export function reportInBody(issue: Issue, problems: Problem[]): ReportInBody {
  return (at, { severity = 'warning', ...problem }) => {
    // Of broken raw HTML, rehype-raw gives positions without a start.
    const start: { line: number } | undefined = at.position?.start;
    const line = start?.line;
    problems.push({
      severity,
      file: issue.file,
      ...(line === undefined ? {} : { line: issue.bodyLine + line - 1 }),
      ...problem,
    });
  };
}
