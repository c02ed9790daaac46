import type { Root } from 'hast';
import rehypeSanitize from 'rehype-sanitize';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { IssueId } from '../../domain/issue.ts';
import type { Problem } from '../../domain/problem.ts';
import { imageLabelFrom, type Words } from '../words.ts';
import { classesOf } from './element.ts';
import { flattenFootnotes } from './flatten-footnotes.ts';
import { joinCjkLines } from './join-cjk-lines.ts';
import { levelHeadings } from './level-headings.ts';
import { linkBareUrls } from './link-bare-urls.ts';
import type { Place } from './link-target.ts';
import { mailSchema } from './mail-schema.ts';
import { markdownToHast } from './markdown-to-hast.ts';
import { usePlainElements } from './plain-elements.ts';
import { reportUnmailableHtml } from './report-unmailable-html.ts';
import { resolveLinks } from './resolve-links.ts';
import { warnInBody } from './warn-in-body.ts';

/** The body of an issue, safe to mail: the one tree that both the HTML and the text part are made from. */
export interface Article {
  readonly tree: Root;
  /** The issues of the series that the body links to. */
  readonly linkedIssues: ReadonlySet<IssueId>;
}

const sanitizer = unified().use(rehypeSanitize, mailSchema).freeze();

/** The body of an issue → one tree of elements, as the blog would show it. Not yet safe to mail. */
export function parseArticle({ issue }: Place): Root {
  return markdownToHast(issue.body);
}

/** A parsed body (which it changes) → an article; what had to be left out goes to `problems` as warnings. */
export function composeArticle(tree: Root, place: Place, words: Words, problems: Problem[]): Article {
  const warn = warnInBody(place.issue, problems);
  flattenFootnotes(tree, words.notes);
  usePlainElements(tree);
  reportUnmailableHtml(tree, warn);
  joinCjkLines(tree);
  linkBareUrls(tree);
  const linkedIssues = resolveLinks(tree, place, imageLabelFrom(words), warn);

  const safe = sanitizer.runSync(tree);
  dropEmptyClasses(safe);
  levelHeadings(safe);
  return { tree: safe, linkedIssues };
}

// The sanitizer takes classes out of an attribute one by one and leaves the attribute.
function dropEmptyClasses(tree: Root): void {
  visit(tree, 'element', (node) => {
    if (classesOf(node).length === 0) delete node.properties['className'];
  });
}
