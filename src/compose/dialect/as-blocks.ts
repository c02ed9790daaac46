import type { Nodes, PhrasingContent, RootContent } from 'mdast';

const BLOCKS = new Set([
  'blockquote',
  'code',
  'defList',
  'definition',
  'footnoteDefinition',
  'heading',
  'list',
  'paragraph',
  'table',
  'thematicBreak',
]);

const BLOCK_ELEMENTS = new Set(
  (
    'address article aside audio blockquote center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 ' +
    'h5 h6 header hr iframe li main nav object ol p pre section summary table tbody td tfoot th thead tr ul video'
  ).split(' '),
);

/** Whether a node stands by itself and not in a line of text. Of raw HTML the first tag says it. */
export function isBlock(node: RootContent): boolean {
  if (node.type === 'htmlElement') return BLOCK_ELEMENTS.has(node.data.hName);
  if (node.type === 'html')
    return BLOCK_ELEMENTS.has(/^\s*<\/?([a-z0-9]+)/i.exec(node.value)?.[1]?.toLowerCase() ?? '');
  return BLOCKS.has(node.type);
}

/** Nodes of both sorts → blocks only: what stands in a line of text is put into paragraphs. */
export function asBlocks(nodes: readonly RootContent[]): RootContent[] {
  const blocks: RootContent[] = [];
  let line: PhrasingContent[] = [];
  const endParagraph = (): void => {
    const [first, last] = [line[0], line.at(-1)];
    if (!line.every(isBlankText)) {
      const position =
        first?.position === undefined || last?.position === undefined
          ? {}
          : { position: { start: first.position.start, end: last.position.end } };
      blocks.push({ type: 'paragraph', children: line, ...position });
    }
    line = [];
  };
  for (const node of nodes) {
    if (isBlock(node)) {
      endParagraph();
      blocks.push(node);
    } else line.push(node as PhrasingContent);
  }
  endParagraph();
  return blocks;
}

/** Nodes of both sorts → what can stand in a line of text: blocks give what is in them, with a space between two. */
export const asPhrasing = (nodes: readonly RootContent[]): PhrasingContent[] =>
  nodes.flatMap((node, index): PhrasingContent[] => {
    if (!isBlock(node)) return [node as PhrasingContent];
    const inside = wordsIn(node);
    return index === 0 || inside.length === 0 ? inside : [{ type: 'text', value: ' ' }, ...inside];
  });

function wordsIn(block: RootContent): PhrasingContent[] {
  // A player is an element without words, and can stand in a line as well.
  if (block.type === 'htmlElement' && block.children.length === 0) return [block];
  if ('children' in block) return asPhrasing(block.children);
  if (block.type === 'code') return [{ type: 'inlineCode', value: block.value }];
  return 'value' in block && block.type !== 'html' ? [{ type: 'text', value: block.value }] : [];
}

export const isBlankText = (node: Nodes): boolean => node.type === 'text' && /^[ \t\r\n]*$/.test(node.value);
