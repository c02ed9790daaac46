import type { Element, ElementContent, Root, RootContent } from 'hast';
import { isBlank, textOf } from '../article/element.ts';
import type { Room } from './article-room.ts';
import { endedWell } from './ended-well.ts';
import { textWithin } from './text-within.ts';

/** An edge between blocks is near enough when no more than this is given up for it; else a block is cut inside. */
const NEAR = 12_000;

const NEVER_CUT = new Set([
  'figure',
  'hr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ruby',
  'a',
  'dt',
  'thead',
  'caption',
]);

/**
 * The beginning of an article that fits: whole blocks, and of a block much larger than what is left its first items, rows, paragraphs,
 * lines or sentences. Shares its blocks with the article.
 */
export const cutArticle = (article: Root, room: Room): Root => ({
  ...article,
  children: keptOf(article.children, room, false),
});

function keptOf<Node extends RootContent>(nodes: readonly Node[], room: Room, isCode: boolean): Node[] {
  const kept: Node[] = [];
  for (const [index, node] of nodes.entries()) {
    if (isBlank(node) || room.take(node)) {
      kept.push(node);
      continue;
    }
    const part = room.left() > NEAR ? partOf(node, room, isCode) : undefined;
    if (part !== undefined) return [...kept, part as Node];
    return endedWell(kept, nodes[index]);
  }
  return kept;
}

function partOf(node: RootContent, room: Room, isCode: boolean): ElementContent | undefined {
  if (node.type === 'text') {
    const value = textWithin(node.value, room.left(), isCode);
    return value.trim() === '' ? undefined : { ...node, value };
  }
  if (node.type !== 'element' || NEVER_CUT.has(node.tagName) || isEmbed(node)) return undefined;
  const children = keptOf(node.children, room, isCode || node.tagName === 'pre');
  return children.some((child) => !isBlank(child)) ? { ...node, children } : undefined;
}

const isEmbed = ({ properties }: Element): boolean =>
  Array.isArray(properties['className']) && properties['className'].includes('embed');

/** How much of an article's text is in a beginning of it, 0 to 1. */
export function shareOf(beginning: Root, article: Root): number {
  const whole = textOf(article).length;
  return whole === 0 ? 0 : textOf(beginning).length / whole;
}

/** 1-based line, in the post's body, of the first thing that a beginning of an article leaves out, as far as the tree knows lines. */
export function lineOfCut(beginning: Root | Element, article: Root | Element): number | undefined {
  const last = beginning.children.length - 1;
  const lastKept = beginning.children[last];
  const itsWhole = article.children[last];
  if (
    lastKept !== undefined &&
    lastKept !== itsWhole &&
    itsWhole?.type === 'element' &&
    lastKept.type === 'element'
  ) {
    return lineOfCut(lastKept, itsWhole) ?? itsWhole.position?.start.line;
  }
  if (lastKept?.type === 'text' && itsWhole?.type === 'text' && lastKept.value !== itsWhole.value) {
    const begins = itsWhole.position?.start.line;
    return begins === undefined ? undefined : begins + lastKept.value.split('\n').length - 1;
  }
  return article.children.slice(last + 1).find((node) => !isBlank(node))?.position?.start.line;
}
