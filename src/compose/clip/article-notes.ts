import type { Element, Nodes, Root, RootContent } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { hasClass, isElement, textOf } from '../article/element.ts';

/** An article's footnotes by their numbers. */
export interface ArticleNotes {
  /** Numbers of the notes that a part of the text asks for, and that these notes ask for. */
  readonly referencedIn: (part: Nodes) => Set<number>;
  readonly note: (number: number) => Element | undefined;
  /** The section with these notes alone, under the numbers they had; undefined when there are none. */
  readonly sectionOf: (numbers: ReadonlySet<number>) => Element | undefined;
}

/** An article → its text, which shares its blocks, and its footnotes. */
export function apartFromNotes(article: Root): { body: Root; notes: ArticleNotes } {
  const section = article.children.find(isNotes);
  const children = article.children.filter((child) => child !== section);
  return { body: { ...article, children }, notes: notesIn(section) };
}

const isNotes = (node: RootContent): node is Element => isElement(node, 'section') && hasClass(node, 'notes');

function notesIn(section: Element | undefined): ArticleNotes {
  const notes = notesByNumber(section);
  const collect = (part: Nodes, into: Set<number>): Set<number> => {
    for (const number of numbersIn(part)) {
      const note = notes.get(number);
      if (note === undefined || into.has(number)) continue;
      collect(note, into.add(number));
    }
    return into;
  };
  return {
    referencedIn: (part) => (notes.size === 0 ? new Set() : collect(part, new Set())),
    note: (number) => notes.get(number),
    sectionOf: (numbers) =>
      section === undefined || numbers.size === 0 ? undefined : sectionWith(section, notes, numbers),
  };
}

function notesByNumber(section: Element | undefined): Map<number, Element> {
  const list = section?.children.find((child): child is Element => isElement(child, 'ol'));
  const items = (list?.children ?? []).filter((child): child is Element => isElement(child, 'li'));
  return new Map(items.map((item, index) => [index + 1, item]));
}

/** The marks in a text: `[1]`, raised. */
function numbersIn(part: Nodes): number[] {
  const numbers: number[] = [];
  visit(part, 'element', (element) => {
    if (element.tagName !== 'sup') return undefined;
    const number = /^\[(\d+)\]$/.exec(textOf(element))?.[1];
    if (number !== undefined) numbers.push(Number(number));
    return SKIP;
  });
  return numbers;
}

function sectionWith(
  section: Element,
  notes: ReadonlyMap<number, Element>,
  numbers: ReadonlySet<number>,
): Element {
  const kept = [...notes].filter(([number]) => numbers.has(number));
  const children = kept.map(([number, note], index): Element =>
    // A note that only another note asks for may leave a gap before it.
    number === index + 1 ? note : { ...note, properties: { ...note.properties, value: String(number) } },
  );
  return {
    ...section,
    children: section.children.map((child) => (isElement(child, 'ol') ? { ...child, children } : child)),
  };
}
