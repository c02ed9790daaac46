import type { Element, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { attribute } from './element.ts';
import type { WarnInBody } from './warn-in-body.ts';

const UNMAILABLE = new Set(
  'iframe video audio object embed form input button select textarea svg math canvas script'.split(' '),
);

/** Warns of what a reader of the blog sees and a reader of the mail cannot: players, forms, scripts and Hugo shortcodes. */
export function reportUnmailableHtml(tree: Root, warn: WarnInBody): void {
  visit(tree, (node) => {
    if (node.type === 'element' && UNMAILABLE.has(node.tagName)) {
      reportElement(node, warn);
      return SKIP;
    }
    if (node.type === 'element' && ['pre', 'code'].includes(node.tagName)) return SKIP;
    if (node.type === 'text' && /\{\{[<%]/.test(node.value)) {
      warn(
        node,
        'A Hugo shortcode would be mailed as it is written.',
        'Write it as Markdown, or put it in backticks if it is meant to be read.',
      );
    }
    return undefined;
  });
}

function reportElement(node: Element, warn: WarnInBody): void {
  const source = attribute(node, 'src');
  warn(
    node,
    `Mail cannot show <${node.tagName}>, so it was left out.`,
    source === undefined ? 'Say it in text, or link to a page that has it.' : `Link to it instead: ${source}`,
  );
}
