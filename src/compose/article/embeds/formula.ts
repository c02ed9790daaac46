import type { Element, ElementContent, Nodes } from 'hast';
import { attribute, element, hasClass, isElement, text, textOf } from '../element.ts';

/** A formula in MathML → the way it was typed, as code. */
export function formula(node: Element): ElementContent[] {
  const typed = annotationIn(node) ?? attribute(node, 'alttext') ?? textOf(node);
  const words = typed.replace(/\s+/g, ' ').trim();
  return words === '' ? [] : [element('code', {}, [text(words)])];
}

/** A formula that KaTeX has set: MathML, and the same again for the eyes. */
export function setFormula(node: Element): ElementContent[] | undefined {
  if (!hasClass(node, 'katex')) return undefined;
  return annotationIn(node) === undefined ? undefined : formula(node);
}

function annotationIn(node: Nodes): string | undefined {
  if (isElement(node, 'annotation') && /tex/i.test(attribute(node, 'encoding') ?? '')) return textOf(node);
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    const found = annotationIn(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
