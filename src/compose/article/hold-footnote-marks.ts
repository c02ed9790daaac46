import type { ElementContent, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { isBlank, isElement, text, textOf } from './element.ts';

const WORD_JOINER = '\u2060';
const NO_BREAK_SPACE = '\u00a0';

/** Keeps `[1]` on the line of what it belongs to: a line may end before a bracket that follows a CJK character or a space. */
export function holdFootnoteMarks(tree: Root): void {
  visit(tree, 'element', (node, index, parent) => {
    if (index === undefined || parent === undefined) return undefined;
    if (!isElement(node, 'sup') || !textOf(node).startsWith('[')) return undefined;
    const before = parent.children.slice(0, index) as ElementContent[];
    if (before.every(isBlank)) return SKIP;
    const last = before.at(-1);
    if (last?.type === 'text') last.value = last.value.replace(/[ \t\r\n\f]+$/, NO_BREAK_SPACE);
    parent.children.splice(index, 0, text(WORD_JOINER));
    return [SKIP, index + 2];
  });
}
