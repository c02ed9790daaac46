import type { Html, Root, RootContent } from 'mdast';
import { shiftLines } from './shift-lines.ts';

const OPENING = /^<([a-z][\w-]*)(?=\s)[^>]*\smarkdown=(?:"(?:1|block|span)"|'(?:1|block|span)'|1\b)[^>]*>/i;
/** Boxes in boxes in boxes: what is deeper is not written by hand. */
const DEEPEST = 6;

/** Reads what stands in a block of HTML as Markdown where the writer asks for it, as Kramdown does: `<div markdown="1">`. */
export function readMarkdownInHtml(
  tree: Root,
  parse: (text: string, depth: number) => Root,
  depth: number,
): Root {
  if (depth < DEEPEST) {
    tree.children = tree.children.flatMap((node) =>
      node.type === 'html' ? opened(node, parse, depth) : [node],
    );
  }
  return tree;
}

function opened(node: Html, parse: (text: string, depth: number) => Root, depth: number): RootContent[] {
  const [opening, name] = OPENING.exec(node.value) ?? [];
  if (opening === undefined || name === undefined) return [node];
  const rest = node.value.slice(opening.length);
  const closing = new RegExp(`</${name}\\s*>\\s*$`, 'i').exec(rest)?.[0] ?? '';
  const inside = rest.slice(0, rest.length - closing.length);
  const tree = parse(inside.replace(/^[ \t]{1,3}/gm, ''), depth + 1);
  const before = (node.position?.start.line ?? 1) + opening.split('\n').length - 2;
  shiftLines(tree, before);
  // A paragraph cannot hold the paragraphs that it is read as.
  if (name.toLowerCase() === 'p') return tree.children;
  return [
    { ...node, value: opening },
    ...tree.children,
    ...(closing === '' ? [] : [{ ...node, value: closing }]),
  ];
}
