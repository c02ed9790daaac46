import type { Html, Root, RootContent } from 'mdast';
import { shiftLines } from './shift-lines.ts';
import { definedLabels, definitionsFor, dropDefinitions } from './tags/definitions-for.ts';

const OPENING = /^<([a-z][\w-]*)(?=\s)[^>]*\smarkdown=(?:"(?:1|block|span)"|'(?:1|block|span)'|1\b)[^>]*>/i;
/** Boxes in boxes in boxes: what is deeper is not written by hand. */
const DEEPEST = 6;

interface Reading {
  readonly parse: (text: string, depth: number) => Root;
  readonly depth: number;
  /** All that was read, for what it defines is known in its boxes too. */
  readonly text: string;
}

/** Reads what stands in a block of HTML as Markdown where the writer asks for it, as Kramdown does: `<div markdown="1">`. */
export function readMarkdownInHtml(tree: Root, reading: Reading): Root {
  if (reading.depth < DEEPEST) {
    tree.children = tree.children.flatMap((node) => (node.type === 'html' ? opened(node, reading) : [node]));
  }
  return tree;
}

function opened(node: Html, { parse, depth, text }: Reading): RootContent[] {
  const [opening, name] = OPENING.exec(node.value) ?? [];
  if (opening === undefined || name === undefined) return [node];
  const rest = node.value.slice(opening.length);
  const closing = new RegExp(`</${name}\\s*>\\s*$`, 'i').exec(rest)?.[0] ?? '';
  const inside = rest.slice(0, rest.length - closing.length).replace(/^[ \t]{1,3}/gm, '');
  const definitions = definitionsFor(inside, definedLabels(text));
  const added = definitions.split('\n').length - 1;
  const tree = parse(definitions + inside, depth + 1);
  dropDefinitions(tree, added);
  const before = (node.position?.start.line ?? 1) + opening.split('\n').length - 2;
  shiftLines(tree, before - added);
  // A paragraph cannot hold the paragraphs that it is read as.
  if (name.toLowerCase() === 'p') return tree.children;
  return [
    { ...node, value: opening },
    ...tree.children,
    ...(closing === '' ? [] : [{ ...node, value: closing }]),
  ];
}
