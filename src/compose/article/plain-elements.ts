import type { Element, ElementContent, Root } from 'hast';
import { attribute, element, hasClass, text } from './element.ts';
import { rewriteElements } from './rewrite-elements.ts';

/** Turns what mail clients have no way to show into what they have: check boxes into ☑ and ☐, folded details into open text, sections into plain boxes. */
export function usePlainElements(tree: Root): void {
  rewriteElements(tree, (node) => {
    if (node.tagName === 'input') return boxOf(node);
    if (node.tagName === 'summary') return [element('p', {}, [element('strong', {}, node.children)])];
    if (node.tagName === 'section' && !hasClass(node, 'notes')) return [element('div', {}, node.children)];
    if (node.tagName === 'details') return [element('div', {}, node.children)];
    return undefined;
  });
}

function boxOf(input: Element): ElementContent[] | undefined {
  const isTask = attribute(input, 'type') === 'checkbox' && input.properties['disabled'] === true;
  return isTask ? [text(input.properties['checked'] === true ? '☑' : '☐')] : undefined;
}
