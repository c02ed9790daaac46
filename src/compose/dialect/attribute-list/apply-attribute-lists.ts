import type { Blockquote, Nodes, Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Words } from '../../words.ts';
import { isBlankText } from '../as-blocks.ts';
import type { AttributeListNode } from '../dialect-nodes.ts';
import { giveId, giveToBlock, giveToSpan } from './give-attributes.ts';
import { listDefinitions, withNamed, type ListDefinitions } from './list-definitions.ts';
import { readAttributeList, type AttributeList } from './read-attribute-list.ts';

const FLOW = new Set([
  'root',
  'blockquote',
  'listItem',
  'footnoteDefinition',
  'defListDescription',
  'htmlElement',
]);

/** Takes attribute lists out of the text and gives what they say to what they stand beside. What turns out to be text becomes text. */
export function applyAttributeLists(tree: Root, words: Words): void {
  const definitions = listDefinitions(tree);
  visit(tree, (node) => {
    if (!('children' in node) || !node.children.some(isList)) return;
    node.children = (
      FLOW.has(node.type)
        ? blocksWithAttributes(node.children, definitions, words)
        : spansWithAttributes(node, definitions)
    ) as typeof node.children;
    if (node.type === 'blockquote') becomeItsCallout(node);
  });
}

// Some write the list inside the quote that is to be the callout.
function becomeItsCallout(quote: Blockquote): void {
  const [box, ...others] = quote.children;
  if (box?.type === 'htmlElement' && others.length === 0) Object.assign(quote, box);
}

const isList = (node: Nodes): node is AttributeListNode => node.type === 'attributeList';

/** A list of its own line belongs to the block that ends on the line before, else to the one that begins on the next. */
function blocksWithAttributes(
  nodes: readonly RootContent[],
  definitions: ListDefinitions,
  words: Words,
): RootContent[] {
  const blocks: RootContent[] = [];
  let waiting: AttributeList[] = [];
  let lastLine = 0;
  for (const node of nodes) {
    const isNext = node.position?.start.line === lastLine + 1;
    lastLine = node.position?.end.line ?? lastLine;
    const list = isList(node) ? readAttributeList(node.value) : undefined;
    if (list === undefined) {
      const given = isNext ? waiting : [];
      waiting = [];
      blocks.push(given.reduce((block, one) => giveToBlock(block, withNamed(one, definitions), words), node));
      continue;
    }
    const before = isNext && waiting.length === 0 ? blocks.pop() : undefined;
    if (before === undefined) waiting.push(list);
    else if (!isTableOfContents(list)) blocks.push(giveToBlock(before, withNamed(list, definitions), words));
    else if (before.type !== 'list') blocks.push(before);
  }
  return blocks;
}

/** `{:toc}`, which stands for the list before it (`* TOC`). */
const isTableOfContents = ({ names }: AttributeList): boolean => names.includes('toc');

function spansWithAttributes(
  parent: Extract<Nodes, { children: unknown }>,
  definitions: ListDefinitions,
): RootContent[] {
  const spans: RootContent[] = [];
  const last = parent.children.at(-1);
  for (const node of parent.children) {
    const list = isList(node) ? readAttributeList(node.value) : undefined;
    if (!isList(node) || list === undefined) {
      spans.push(node);
      continue;
    }
    const given = withNamed(list, definitions);
    const target = targetOf(spans);
    if (target !== undefined) giveToSpan(target, given);
    else if (parent.type === 'heading' && node === last) {
      giveId(parent, given);
      trimEnd(spans.at(-1));
    } else if (isMeantToBeRead(list)) spans.push({ ...node, type: 'text' });
  }
  return spans;
}

/** The element right before; a line's end between a picture and its list does not part them. */
function targetOf(spans: readonly RootContent[]): RootContent | undefined {
  const last = spans.at(-1);
  const before = last !== undefined && isBlankText(last) ? spans.at(-2) : last;
  return before?.type === 'text' || before?.type === 'break' ? undefined : before;
}

function trimEnd(node: RootContent | undefined): void {
  if (node?.type === 'text') node.value = node.value.trimEnd();
}

// Kramdown's lists have a colon that nobody types by chance, unless there is but a word behind it.
const isMeantToBeRead = ({ flavour, id, classes, attributes, names }: AttributeList): boolean =>
  flavour === 'pandoc' ||
  (id === undefined &&
    classes.length + Object.keys(attributes).length === 0 &&
    !names.some((name) => /^(?:no_)?toc$/.test(name)));
