import type { DefListDescriptionNode, DefListTermNode } from 'mdast-util-definition-list';
import type { Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';

const DEFINITION = /^:[ \t]+/;

/** A paragraph's text, line by line. */
type Line = PhrasingContent[];

/**
 * Makes a definition list of a paragraph that is one (a term, and `: definition` on the next line) where the parser has not:
 * inside the items of a list, and in a post with very many.
 */
export function findDefinitions(tree: Root): void {
  visit(tree, 'paragraph', (paragraph, index, parent) => {
    const list = index === undefined ? undefined : definitionListOf(paragraph);
    if (list !== undefined && index !== undefined) parent?.children.splice(index, 1, list);
  });
}

/** Settles whether what is defined is a few words or several paragraphs, which the parser does not tell. */
export function spreadDefinitions(tree: Root): void {
  visit(tree, (node) => {
    const description = node as RootContent | DefListDescriptionNode;
    if (description.type !== 'defListDescription') return;
    description.spread = description.children.filter(({ type }) => type === 'paragraph').length > 1;
  });
}

function definitionListOf(paragraph: Paragraph): RootContent | undefined {
  const lines = linesOf(paragraph);
  const first = lines.findIndex(isDefinition);
  if (first < 1) return undefined;
  const terms = lines.slice(0, first).map((children): DefListTermNode => ({ type: 'defListTerm', children }));
  const described: Line[] = [];
  for (const line of lines.slice(first)) {
    if (isDefinition(line)) described.push(withoutColon(line));
    else described.at(-1)?.push({ type: 'text', value: '\n' }, ...line);
  }
  const children = [...terms, ...described.map(description)];
  return { type: 'defList', children, ...(paragraph.position && { position: paragraph.position }) };
}

function linesOf({ children }: Paragraph): Line[] {
  const lines: Line[] = [[]];
  for (const child of children) {
    if (child.type !== 'text') {
      lines.at(-1)?.push(child);
      continue;
    }
    child.value.split('\n').forEach((value, index) => {
      if (index > 0) lines.push([]);
      if (value !== '') lines.at(-1)?.push({ ...child, value });
    });
  }
  return lines;
}

const isDefinition = ([first]: Line): boolean => first?.type === 'text' && DEFINITION.test(first.value);

const withoutColon = (line: Line): Line =>
  line.map((node, index) =>
    index === 0 && node.type === 'text' ? { ...node, value: node.value.replace(DEFINITION, '') } : node,
  );

const description = (children: Line): DefListDescriptionNode => ({
  type: 'defListDescription',
  spread: false,
  children: [{ type: 'paragraph', children }],
});
