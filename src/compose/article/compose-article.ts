import type { Root } from 'hast';
import rehypeSanitize from 'rehype-sanitize';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { Issue, IssueId } from '../../domain/issue.ts';
import type { Problem } from '../../domain/problem.ts';
import { imageLabelFrom, type Words } from '../words.ts';
import { readPost } from '../dialect/read-post.ts';
import { classesOf } from './element.ts';
import { settleEmbeds } from './embeds/settle-embeds.ts';
import { flattenFootnotes } from './flatten-footnotes.ts';
import { NO_IMAGES, type FoundImages } from './images/find-images.ts';
import { placeImages } from './images/place-images.ts';
import { usePlainImages } from './images/use-plain-images.ts';
import { joinCjkLines } from './join-cjk-lines.ts';
import { levelHeadings } from './level-headings.ts';
import { linkBareUrls } from './link-bare-urls.ts';
import type { Place } from './link-target.ts';
import { mailSchema } from './mail-schema.ts';
import { markdownToHast } from './markdown-to-hast.ts';
import { usePlainElements } from './plain-elements.ts';
import { reportInBody } from './report-in-body.ts';
import { resolveLinks } from './resolve-links.ts';
import { unnestLinks } from './unnest-links.ts';
import { wrapLooseText } from './wrap-loose-text.ts';

/** The body of an issue, safe to mail: the one tree that both the HTML and the text part are made from. */
export interface Article {
  readonly tree: Root;
  /** The issues of the series that the body links to. */
  readonly linkedIssues: ReadonlySet<IssueId>;
}

const sanitizer = unified().use(rehypeSanitize, mailSchema).freeze();

/** The body of an issue → one tree of elements, as the blog would show it. Not yet safe to mail; what was not understood goes to `problems`. */
export function parseArticle(place: Place, words: Words, problems: Problem[]): Root {
  const tree = markdownToHast(readPost(place, words, problems));
  if (tree === undefined) {
    problems.push(unreadableHtml(place.issue));
    return { type: 'root', children: [] };
  }
  usePlainImages(tree);
  return tree;
}

const unreadableHtml = ({ file, bodyLine }: Issue): Problem => ({
  severity: 'error',
  file,
  line: bodyLine,
  rule: 'unreadable-html',
  message: 'The raw HTML of this post is broken or nested in such a way that it cannot be read.',
  fix: 'Close every tag that the post opens, and take out what is nested hundreds of levels deep.',
});

/** A parsed body (which it changes) → an article; what had to be left out goes to `problems` as warnings. */
export function composeArticle(
  tree: Root,
  place: Place,
  words: Words,
  problems: Problem[],
  images: FoundImages = NO_IMAGES,
): Article {
  const report = reportInBody(place.issue, problems);
  flattenFootnotes(tree, words.notes);
  usePlainElements(tree);
  settleEmbeds(tree, { place, words, report });
  wrapLooseText(tree);
  joinCjkLines(tree);
  linkBareUrls(tree);
  placeImages(tree, { place, images, imageLabel: imageLabelFrom(words), report });
  unnestLinks(tree);
  const linkedIssues = resolveLinks(tree, place, report);

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
