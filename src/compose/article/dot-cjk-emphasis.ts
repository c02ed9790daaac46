import type { Root } from 'hast';
import { visit } from 'unist-util-visit';
import { CJK_CHARACTER } from './cjk-character.ts';
import { textOf } from './element.ts';

/** Marks emphasis of CJK words as `dotted`: their fonts have no italics, and a slanted 字 is a distorted one. */
export function dotCjkEmphasis(tree: Root): void {
  visit(tree, 'element', (node) => {
    if ((node.tagName === 'em' || node.tagName === 'i') && CJK_CHARACTER.test(textOf(node))) {
      node.properties['className'] = ['dotted'];
    }
  });
}
