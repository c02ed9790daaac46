import type { Element, Root, RootContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Weigh } from './article-room.ts';

const MARKED_INSIDE = new Set('div section blockquote ul ol li dl dd table tbody tfoot details'.split(' '));
const MARKED = new Set([
  ...MARKED_INSIDE,
  ...'p h1 h2 h3 h4 h5 h6 dt pre figure tr thead caption'.split(' '),
]);

/** Blocks in the order of the text, each with the number of blocks inside it. */
interface MarkedBlocks {
  readonly marked: Root;
  readonly blocks: readonly { readonly block: Element; readonly inside: number }[];
}

const NUMBER_WIDTH = 6;
const markOf = (mark: string, index: number): string => mark + String(index).padStart(NUMBER_WIDTH, '0');

/** What a block takes without any template around it. */
export const bareBytes: Weigh = (node) => Buffer.byteLength(toHtml(node));

/** A copy of an article in which every block carries a number that can be found again in what a template makes of it. */
export function markBlocks(article: Root, mark: string): MarkedBlocks {
  const blocks: { block: Element; inside: number }[] = [];
  const marked = (block: Element): Element => {
    const index = blocks.length;
    const entry = { block, inside: 0 };
    blocks.push(entry);
    const children = MARKED_INSIDE.has(block.tagName) ? block.children.map(markedIfBlock) : block.children;
    entry.inside = blocks.length - index - 1;
    return { ...block, properties: { ...block.properties, dataBlock: markOf(mark, index) }, children };
  };
  const markedIfBlock = <Node extends RootContent>(node: Node): Node | Element =>
    node.type === 'element' && MARKED.has(node.tagName) ? marked(node) : node;
  return { marked: { ...article, children: article.children.map(markedIfBlock) }, blocks };
}

export interface Weights {
  /** The HTML without the numbers. */
  readonly html: string;
  readonly weigh: Weigh;
}

/**
 * Weighs blocks by where their numbers stand in the HTML, so that everything a template gives a block counts: inlined styles, tables around
 * it, comments for Outlook. `html` ends its article with `endMark`; undefined when it has none of the marks.
 */
export function weighBlocks(
  html: string,
  { blocks }: MarkedBlocks,
  mark: string,
  endMark: string,
): Weights | undefined {
  const end = html.indexOf(endMark);
  if (end < 0) return undefined;
  const beginnings = beginningsIn(html, mark, blocks.length, end);
  const weights = new Map<RootContent, number>(
    blocks.map(({ block, inside }, index) => [
      block,
      (beginnings[index + inside + 1] ?? 0) - (beginnings[index] ?? 0),
    ]),
  );
  return {
    html: html.replaceAll(markPattern(mark), '').replaceAll(endMark, ''),
    weigh: (node) => weights.get(node) ?? bareBytes(node),
  };
}

/** Byte at which each block begins, not counting marks, and at last where the article ends. What has lost its mark begins with what follows. */
function beginningsIn(html: string, mark: string, count: number, end: number): number[] {
  const beginnings: number[] = Array.from({ length: count + 1 });
  let done = 0;
  let bytes = 0;
  let next = 0;
  for (const found of html.slice(0, end).matchAll(markPattern(mark))) {
    bytes += Buffer.byteLength(html.slice(done, found.index));
    done = found.index + found[0].length;
    const index = Number(found[1]);
    // A template may show its article twice; the first time counts.
    if (index < next) continue;
    beginnings.fill(bytes, next, index + 1);
    next = index + 1;
  }
  return beginnings.fill(bytes + Buffer.byteLength(html.slice(done, end)), next);
}

const markPattern = (mark: string): RegExp => new RegExp(` data-block="${mark}(\\d{${NUMBER_WIDTH}})"`, 'g');
