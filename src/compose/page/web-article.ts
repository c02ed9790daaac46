import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';
import { dotCjkEmphasis } from '../article/dot-cjk-emphasis.ts';
import { attribute, classesOf, element, isElement } from '../article/element.ts';
import { COLUMN_WIDTH } from '../article/images/image-size.ts';
import type { Place } from '../article/link-target.ts';
import { markHeaderCells } from '../article/mark-header-cells.ts';
import { rewriteElements } from '../article/rewrite-elements.ts';
import type { IssueView } from '../issue-view.ts';
import { keepOwnImages } from './keep-own-images.ts';
import { linkNotes } from './link-notes.ts';
import { settleWebLinks } from './settle-web-links.ts';

/**
 * An article (which it leaves as it is) for a web page: notes and their marks are links, what is wide scrolls in itself, nothing is fetched
 * but images of the blog, and what mail could only point to on the web leads to the blog, or is said to be missing.
 */
export function webArticle(
  article: Root,
  place: Place,
  { words, start }: Pick<IssueView, 'words' | 'start'>,
): Root {
  const tree = structuredClone(article);
  settleWebLinks(tree, place, words);
  keepOwnImages(tree, place.siteUrl, words);
  linkNotes(tree, words);
  dotCjkEmphasis(tree);
  markHeaderCells(tree, start);
  rewriteElements(tree, (node) => (node.tagName === 'table' ? [scrolling(node)] : undefined));
  visit(tree, 'element', dressForWeb);
  return tree;
}

/** Reachable by keyboard, as whatever scrolls has to be. */
const scrolling = (table: Element): Element => {
  delete table.properties['align'];
  return element('div', { className: ['wide'], tabIndex: 0 }, [table]);
};

function dressForWeb(node: Element): void {
  if (node.tagName === 'pre') dressCode(node);
  if (node.tagName !== 'img') return;
  node.properties['loading'] = 'lazy';
  if (Number(attribute(node, 'width') ?? 0) >= COLUMN_WIDTH) node.properties['className'] = ['full'];
}

function dressCode(pre: Element): void {
  pre.properties['tabIndex'] = 0;
  const code = pre.children.find((child) => isElement(child, 'code'));
  const [written = ''] = code === undefined ? [] : classesOf(code);
  const language = /^language-(.+)$/.exec(written)?.[1];
  if (language !== undefined) pre.properties['dataLanguage'] = language;
}
