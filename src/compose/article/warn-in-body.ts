import type { Root } from 'hast';
import type { Issue } from '../../domain/issue.ts';
import type { Problem } from '../../domain/problem.ts';

/** Notes a warning about a node of the post's body. */
export type WarnInBody = (at: Pick<Root, 'position'>, message: string, fix: string) => void;

/** Warnings go to `problems`, with the line of the issue's file they are about. */
export function warnInBody(issue: Issue, problems: Problem[]): WarnInBody {
  return (at, message, fix) => {
    const line = at.position?.start.line;
    problems.push({
      severity: 'warning',
      file: issue.file,
      ...(line === undefined ? {} : { line: issue.bodyLine + line - 1 }),
      message,
      fix,
    });
  };
}
