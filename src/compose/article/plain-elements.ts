import type { Element, ElementContent, Root } from 'hast';
import { attribute, element, hasClass, text } from './element.ts';
import { rewriteElements } from './rewrite-elements.ts';

const BOXES = new Set(
  'article aside center details fieldset footer header hgroup main nav section'.split(' '),
);

/** Turns what mail clients have no way to show into what they have: check boxes into ☑ and ☐, folded details into open text, sections into plain boxes. */
export function usePlainElements(tree: Root): void {
  rewriteElements(tree, (node) => {
    if (node.tagName === 'input') return boxOf(node);
    if (node.tagName === 'summary') return [element('p', {}, [element('strong', {}, node.children)])];
    if (node.tagName === 'td' || node.tagName === 'th') alignByAttribute(node);
    return BOXES.has(node.tagName) && !hasClass(node, 'notes')
      ? [element('div', {}, node.children)]
      : undefined;
  });
}

function boxOf(input: Element): ElementContent[] | undefined {
  const isTask = attribute(input, 'type') === 'checkbox' && input.properties['disabled'] === true;
  return isTask ? [text(input.properties['checked'] === true ? '☑' : '☐')] : undefined;
}

// Styles of the post are dropped, and the side that numbers stand on is worth keeping.
function alignByAttribute(cell: Element): void {
  const side = /(?:^|;)\s*text-align\s*:\s*(left|right|center)/i.exec(attribute(cell, 'style') ?? '')?.[1];
  if (side !== undefined) cell.properties['align'] = side.toLowerCase();
}
