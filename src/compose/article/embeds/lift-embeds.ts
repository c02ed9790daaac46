import type { Element, ElementContent, Root } from 'hast';
import { element, hasClass, isBlank, isElement, text } from '../element.ts';
import { rewriteElements } from '../rewrite-elements.ts';

const HOLDS_TEXT_ONLY = new Set(
  'a abbr b bdi bdo cite code del dfn dt em figcaption font h1 h2 h3 h4 h5 h6 i ins kbd label mark pre q rt s samp small span strike strong sub summary sup tt u var'.split(
    ' ',
  ),
);

/** Boxes cannot stand inside a line of text: one in a paragraph splits it, one in a link or a heading becomes its words. */
export function liftEmbeds(tree: Root): void {
  rewriteElements(tree, (node) => {
    if (HOLDS_TEXT_ONLY.has(node.tagName)) node.children = node.children.flatMap(wordsOf);
    return node.tagName === 'p' && node.children.some(isEmbed) ? split(node) : undefined;
  });
}

const isEmbed = (node: ElementContent): node is Element => isElement(node, 'div') && hasClass(node, 'embed');

function wordsOf(node: ElementContent): ElementContent[] {
  if (!isEmbed(node)) return [node];
  const lines = node.children.filter((line): line is Element => isElement(line, 'p') && !holdsPicture(line));
  return lines.flatMap((line, index) => [...(index === 0 ? [] : [text(' ')]), ...line.children]);
}

const holdsPicture = (node: Element): boolean =>
  node.children.some((child) => isElement(child, 'img') || (isElement(child, 'a') && holdsPicture(child)));

function split(paragraph: Element): ElementContent[] {
  const parts: ElementContent[] = [];
  let line: ElementContent[] = [];
  const endLine = (): void => {
    if (!line.every((node) => isBlank(node) || isElement(node, 'br'))) {
      parts.push(element('p', paragraph.properties, line));
    }
    line = [];
  };
  for (const child of paragraph.children) {
    if (!isEmbed(child)) {
      line.push(child);
      continue;
    }
    endLine();
    parts.push(child);
  }
  endLine();
  return parts;
}
