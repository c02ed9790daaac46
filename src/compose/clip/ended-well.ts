import type { Element, RootContent } from 'hast';
import { classesOf, isBlank, isElement, textOf } from '../article/element.ts';

const LEADS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dt', 'thead', 'caption', 'hr']);

/** Blocks that end where something ends: without headings, introductions and pictures that belong to `next`, which is missing. */
export function endedWell<Node extends RootContent>(blocks: readonly Node[], next: Node | undefined): Node[] {
  const end = blocks.findLastIndex((block) => !isBlank(block));
  const last = blocks[end];
  if (last === undefined) return [];
  return leadsTo(last, next) ? endedWell(blocks.slice(0, end), last) : blocks.slice(0, end + 1);
}

function leadsTo(block: RootContent, next: RootContent | undefined): boolean {
  if (block.type !== 'element') return false;
  if (LEADS.has(block.tagName) || classesOf(block).some((name) => name.endsWith('-title'))) return true;
  if (next?.type !== 'element') return false;
  if (isPicture(block)) return isCaption(next);
  return block.tagName === 'p' && next.tagName !== 'p' && /[:：]\s*$/.test(textOf(block));
}

const isPicture = (block: Element): boolean =>
  block.tagName === 'p' && textOf(block).trim() === '' && block.children.some((child) => !isBlank(child));

/** `*A bed in March*` alone in its paragraph. */
function isCaption(block: Element): boolean {
  const [child, ...others] = block.children.filter((one) => !isBlank(one));
  return (
    block.tagName === 'p' &&
    others.length === 0 &&
    child !== undefined &&
    ['em', 'i', 'small', 'figcaption'].some((name) => isElement(child, name))
  );
}
