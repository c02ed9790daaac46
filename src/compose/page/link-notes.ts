import type { Element, ElementContent, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { element, hasClass, isBlank, isElement, text, textOf } from '../article/element.ts';
import type { Words } from '../words.ts';

/** Makes links of the marks of notes (`[1]`), to and fro: in mail they are only words, since few clients jump. */
export function linkNotes(tree: Root, { backToText }: Words): void {
  const notes = notesIn(tree);
  if (notes.length === 0) return;
  const marked = linkMarks(tree, notes.length);
  notes.forEach((note, index) => {
    const number = index + 1;
    note.properties['id'] = noteId(number);
    if (marked.has(number)) endWith(note, backLink(number, backToText));
  });
}

const noteId = (number: number): string => `note-${number}`;
const markId = (number: number): string => `note-mark-${number}`;

function notesIn(tree: Root): Element[] {
  const section = tree.children.find(
    (child): child is Element => isElement(child, 'section') && hasClass(child, 'notes'),
  );
  const list = section?.children.find((child): child is Element => isElement(child, 'ol'));
  return (list?.children ?? []).filter((child): child is Element => isElement(child, 'li'));
}

/** The numbers whose marks can be gone back to: a mark inside a link stays words. */
function linkMarks(tree: Root, notes: number): Set<number> {
  const marked = new Set<number>();
  visit(tree, 'element', (node) => {
    if (node.tagName === 'a') return SKIP;
    const number = node.tagName === 'sup' ? Number(/^\[(\d+)\]$/.exec(textOf(node))?.[1] ?? 0) : 0;
    if (number === 0 || number > notes) return undefined;
    const isFirst = !marked.has(number);
    const properties = {
      className: ['note-mark'],
      href: `#${noteId(number)}`,
      role: 'doc-noteref',
      ...(isFirst && { id: markId(number) }),
    };
    marked.add(number);
    node.children = [element('a', properties, node.children)];
    return SKIP;
  });
  return marked;
}

const backLink = (number: number, label: string): Element =>
  element(
    'a',
    { className: ['note-back'], href: `#${markId(number)}`, role: 'doc-backlink', ariaLabel: label },
    // Without the variation selector some systems show a picture.
    [text('↩\ufe0e')],
  );

function endWith(note: Element, link: Element): void {
  const last = note.children.findLast((child: ElementContent) => child.type === 'element');
  const host = last !== undefined && isElement(last, 'p') ? last : note;
  // What stood before the marks that were taken out.
  while (host.children.length > 1 && isBlank(host.children.at(-1) ?? link)) host.children.pop();
  const end = host.children.at(-1);
  if (end?.type === 'text') end.value = end.value.trimEnd();
  host.children.push(text(' '), link);
}
