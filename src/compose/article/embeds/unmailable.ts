import type { Element, ElementContent } from 'hast';
import { shownAddress } from '../images/image-problems.ts';
import { attribute } from '../element.ts';
import { webVersionCard, webVersionLink } from './embed-card.ts';
import type { EmbedContext } from './embed-context.ts';

const INSIDE_TEXT = new Set(['button', 'input', 'select', 'textarea', 'canvas', 'svg']);

/** What a mail cannot have → a link to the post on the web, with a warning. */
export function unmailable(node: Element, context: EmbedContext): ElementContent[] {
  const source = attribute(node, 'src') ?? attribute(node, 'data');
  const fix =
    source === undefined || source === ''
      ? 'Say it in text, or link to a page that has it.'
      : `Link to it instead: ${shownAddress(source)}`;
  context.report(node, {
    rule: 'html-unmailable',
    message: `Mail cannot show <${node.tagName}>, so a link to the web version stands in its place.`,
    fix,
  });
  return [INSIDE_TEXT.has(node.tagName) ? webVersionLink(context) : webVersionCard(context, '')];
}
