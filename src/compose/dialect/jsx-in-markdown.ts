import type { Properties } from 'hast';
import type { Heading, Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';

const IMPORTS = /^(?:import\s+(?:[\w$*{},\s]+\s+from\s+)?(["'])[^"'\n]+\1[ \t]*(?:;[ \t]*)?(?:\r?\n|$))+$/;

const COMMENT = /^\{\/\*[^]*?\*\/\}$/;

const HEADING_ID = /[ \t]*\{\/\*[ \t]*#(?<id>[^\s{}*]+)[ \t]*\*\/\}[ \t]*$/;

/** Takes out of plain Markdown what Docusaurus reads in it as well: imports, comments in braces, `className`, ids of headings. */
export function dropJsx(tree: Root, source: string): Root {
  tree.children = tree.children.filter((node) => !isCode(node, source));
  visit(tree, (node) => {
    if (node.type === 'html')
      node.value = node.value.replace(/(<[a-z][^<>]*\s)className=(?=["'])/g, '$1class=');
    if (node.type === 'heading') takeId(node);
  });
  return tree;
}

function isCode(node: RootContent, source: string): boolean {
  if (node.type !== 'paragraph') return false;
  const written = source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
  return IMPORTS.test(written) || COMMENT.test(written.trim());
}

function takeId(heading: Heading): void {
  const last = heading.children.at(-1);
  const id = last?.type === 'text' ? HEADING_ID.exec(last.value)?.groups?.['id'] : undefined;
  if (last?.type !== 'text' || id === undefined) return;
  last.value = last.value.replace(HEADING_ID, '');
  const data: { hProperties?: Properties | undefined } = heading.data ?? {};
  heading.data = { ...data, hProperties: { ...data.hProperties, id } };
}
