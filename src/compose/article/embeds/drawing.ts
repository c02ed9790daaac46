import type { Element, ElementContent } from 'hast';
import { attribute, isElement, textOf } from '../element.ts';
import { webVersionLink } from './embed-card.ts';
import type { EmbedContext } from './embed-context.ts';

/** A drawing in SVG → a link to the post on the web, under its title; nothing when it is only decoration. */
export function drawing(node: Element, context: EmbedContext): ElementContent[] {
  const role = attribute(node, 'role');
  if (attribute(node, 'ariaHidden') === 'true' || role === 'presentation' || role === 'none') return [];
  context.report(node, {
    rule: 'html-unmailable',
    message: 'Mail cannot show an <svg> in the text, so a link to the web version stands in its place.',
    fix: 'Save it as a PNG image and show that, or mark decoration with aria-hidden="true".',
  });
  return [webVersionLink(context, titleOf(node))];
}

function titleOf(node: Element): string | undefined {
  const title = node.children.find((child) => isElement(child, 'title'));
  const words = attribute(node, 'ariaLabel') ?? (title === undefined ? '' : textOf(title));
  return words.replace(/\s+/g, ' ').trim() || undefined;
}
