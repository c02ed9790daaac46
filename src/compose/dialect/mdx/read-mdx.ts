import type { Nodes, Root } from 'mdast';
import type { Problem } from '../../../domain/problem.ts';
import type { Place } from '../../article/link-target.ts';
import { reportInBody } from '../../article/report-in-body.ts';
import type { Words } from '../../words.ts';
import { definedLabels } from '../tags/definitions-for.ts';
import { readTagged } from '../tags/read-tagged.ts';
import { findDeepLine } from '../find-deep-line.ts';
import { mdxProblem } from './mdx-problem.ts';
import { addNames } from './mdx-scope.ts';
import { parseMdx, type MdxFault } from './parse-mdx.ts';
import { settleMdx } from './settle-mdx.ts';

/**
 * An MDX post → Markdown's tree, without running any of it; directives and formulas are read as in any post. One that is not valid
 * MDX gives an error and nothing to mail.
 */
export function readMdx(place: Place, words: Words, problems: Problem[]): Root {
  const { issue } = place;
  const names = new Map<string, string>();
  const reader = {
    place,
    words,
    report: reportInBody(issue, problems),
    language: 'mdx' as const,
    labels: definedLabels(issue.body),
    depth: 0,
  };
  const parse = (text: string, before: number): Root => {
    const tree = parsePart(text);
    if (!('children' in tree)) {
      problems.push(mdxProblem(issue, tree, before));
      return { type: 'root', children: [] };
    }
    const report = reportInBody({ ...issue, bodyLine: issue.bodyLine + before }, problems);
    addNames(names, tree, issue.params);
    settleMdx(tree, { place, words, report, source: text, scope: { names, params: issue.params } });
    return tree;
  };
  return readTagged(issue.body, 0, { ...reader, parse });
}

const DEEPEST = 300;
const TOO_DEEP = 'Elements are nested too deeply';

function parsePart(text: string): Root | MdxFault {
  const deepLine = findDeepLine(text);
  if (deepLine !== undefined) return { line: deepLine + 1, reason: TOO_DEEP };
  const parsed = parseMdx(text);
  let nodes: Nodes[] = 'children' in parsed ? [parsed] : [];
  for (let depth = 0; depth < DEEPEST && nodes.length > 0; depth += 1) {
    nodes = nodes.flatMap((node) => ('children' in node ? node.children : []));
  }
  return nodes.length > 0 ? { line: 1, reason: TOO_DEEP } : parsed;
}
