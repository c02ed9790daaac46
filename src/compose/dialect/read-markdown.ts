import type { Root } from 'mdast';
import type { Problem } from '../../domain/problem.ts';
import type { Place } from '../article/link-target.ts';
import { parseMarkdown } from '../article/parse-markdown.ts';
import { reportInBody } from '../article/report-in-body.ts';
import type { Words } from '../words.ts';
import { findDeepLine } from './find-deep-line.ts';
import { DEEPEST, isNestedDeeper } from './is-nested-deeper.ts';
import { noVariables } from './meanings/liquid-variables.ts';
import { definedLabels } from './tags/definitions-for.ts';
import { liquidGenerator } from './tags/generator-of.ts';
import { readTagged } from './tags/read-tagged.ts';

/**
 * A Markdown post → its tree, in which every tag of a generator is replaced by what it means; what is not understood goes to `problems`.
 * One that is nested beyond all reason gives an error and nothing to mail.
 */
export function readMarkdown(place: Place, words: Words, problems: Problem[]): Root {
  const report = reportInBody(place.issue, problems);
  const parse = (text: string, before: number): Root => {
    const deepLine = findDeepLine(text);
    const tree = deepLine === undefined ? parseMarkdown(text) : undefined;
    if (tree !== undefined && !isNestedDeeper(tree, DEEPEST)) return tree;
    const point = { line: before + (deepLine ?? 0) + 1, column: 1 };
    report(
      { position: { start: point, end: point } },
      {
        severity: 'error',
        rule: 'deep-nesting',
        message: `Quotes, lists or emphasis stand in each other more than ${DEEPEST} deep.`,
        fix: 'Take out all but a few of the levels.',
      },
    );
    return { type: 'root', children: [] };
  };
  const { body } = place.issue;
  return readTagged(body, 0, {
    place,
    words,
    report,
    variables: noVariables(),
    language: liquidGenerator(place.issue) === 'hexo' ? 'nunjucks' : 'markdown',
    parse,
    labels: definedLabels(body),
    depth: 0,
  });
}
