import type { Element, Root } from 'hast';
import { element, text, textOf } from './element.ts';
import { rewriteElements } from './rewrite-elements.ts';

/**
 * Footnotes as print has them: `[1]` in the text and a numbered list at the end.
 * Jumping inside a mail works in few clients, so there are no links to and fro.
 */
export function flattenFootnotes(tree: Root, label: string): void {
  rewriteElements(tree, (node) => {
    if (node.properties['dataFootnoteRef'] !== undefined) return [text(`[${textOf(node)}]`)];
    if (node.properties['dataFootnoteBackref'] !== undefined) return [];
    if (node.properties['dataFootnotes'] !== undefined) return [notes(node, label)];
    return undefined;
  });
}

const notes = (section: Element, label: string): Element =>
  element('section', { className: ['notes'] }, [
    element('p', { className: ['notes-title'] }, [text(label)]),
    ...section.children.filter((child) => child.type === 'element' && child.tagName === 'ol'),
  ]);
