import type { ElementContent, Root } from 'hast';
import { element, isBlank } from './element.ts';

const INLINE = new Set(
  'a abbr b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** Puts words and images that raw HTML left outside any paragraph into one: templates give blocks their room. */
export function wrapLooseText(tree: Root): void {
  const wrapped: ElementContent[] = [];
  let run: ElementContent[] = [];
  const endRun = (): void => {
    const end = run.findLastIndex((node) => !isBlank(node)) + 1;
    const isWorthALine = run.some((node) => !isBlank(node) && !isBreak(node));
    wrapped.push(...(isWorthALine ? [element('p', {}, run.slice(0, end)), ...run.slice(end)] : run));
    run = [];
  };
  for (const node of tree.children as ElementContent[]) {
    const goesOn = run.length > 0 && (isBlank(node) || node.type === 'comment');
    if (goesOn || (isInline(node) && !isBlank(node))) run.push(node);
    else {
      endRun();
      wrapped.push(node);
    }
  }
  endRun();
  tree.children = wrapped;
}

const isInline = (node: ElementContent): boolean =>
  node.type === 'text' ||
  (node.type === 'element' &&
    INLINE.has(node.tagName) &&
    node.children.every((child) => child.type === 'comment' || isInline(child)));

const isBreak = (node: ElementContent): boolean =>
  node.type === 'comment' || (node.type === 'element' && node.tagName === 'br');
