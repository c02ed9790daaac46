import type { Issue } from '../../../domain/issue.ts';
import type { Problem } from '../../../domain/problem.ts';
import type { MdxFault } from './parse-mdx.ts';

/** A fault in an issue's MDX, or in a part of it that stands after `before` lines of the body, in the writer's terms. */
export function mdxProblem({ file, bodyLine }: Issue, { line, reason }: MdxFault, before: number): Problem {
  const lineInFile = (inPart: number): number => bodyLine + before + inPart - 1;
  // The parser counts in the text that it was given: `(3:1-3:6)`.
  const inFile = plainly(reason)
    .replace(/ ?\(note: .*\)$/s, '')
    .replace(/, expected a character that .*$/s, '')
    .replace(/\((\d+):\d+(?:-\d+:\d+)?\)/g, (_, inPart: string) => `(line ${lineInFile(Number(inPart))})`);
  return {
    severity: 'error',
    file,
    line: lineInFile(line),
    rule: 'mdx-syntax',
    message: `This is not valid MDX: ${inFile.charAt(0).toLowerCase()}${inFile.slice(1)}.`,
    fix: fixFor(reason),
  };
}

function fixFor(reason: string): string {
  if (/too deeply|more braces/.test(reason)) return 'Write it more simply, or take a part of it out.';
  if (/link in MDX/.test(reason)) return 'Write links as [text](https://…), not in angle brackets.';
  if (/import\/export/.test(reason))
    return 'Mend the import or export, or indent the line if it is meant to be read.';
  if (/clos(?:ing|e)/i.test(reason) && /tag/.test(reason)) {
    return 'Close every element that is opened, or write \\< where a < is meant to be read.';
  }
  return 'In MDX a < or a { that is meant to be read is written \\< or \\{, or stands in backticks.';
}

const plainly = (reason: string): string =>
  reason
    .replace('Could not parse expression with acorn', 'What stands between { and } is no JavaScript')
    .replace('Could not parse import/exports with acorn', 'This import or export is no JavaScript');
