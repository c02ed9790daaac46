import type { PhrasingContent, Root, Text } from 'mdast';
import { visit } from 'unist-util-visit';
import { emojiOf } from './emoji-syntax.ts';

/** An address goes on to the next blank, and far enough back for any that is written by hand. */
const IN_ADDRESS = /(?:https?:\/\/|www\.)[!-~]*$/i;
const LONGEST_ADDRESS = 500;

/** Puts the characters in the place of their names, except inside an address, and makes one text of what stands side by side. */
export function showEmoji(tree: Root): void {
  visit(tree, (node) => {
    if (!('children' in node) || !node.children.some(({ type }) => type === 'emoji')) return;
    node.children = merged(node.children as PhrasingContent[]) as typeof node.children;
  });
}

function merged(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = parts.at(-1);
    const before = last?.type === 'text' ? last : undefined;
    const here: PhrasingContent = node.type === 'emoji' ? shown(node, before?.value ?? '') : node;
    if (before === undefined || here.type !== 'text') parts.push(here);
    else parts[parts.length - 1] = joined(before, here);
  }
  return parts;
}

function shown(
  { value, position }: Text | Extract<PhrasingContent, { type: 'emoji' }>,
  before: string,
): Text {
  const isAddress = IN_ADDRESS.test(before.slice(-LONGEST_ADDRESS));
  return {
    type: 'text',
    value: isAddress ? value : emojiOf(value),
    ...(position === undefined ? {} : { position }),
  };
}

function joined(before: Text, after: Text): Text {
  const value = before.value + after.value;
  if (before.position === undefined || after.position === undefined) return { ...before, value };
  return { ...before, value, position: { start: before.position.start, end: after.position.end } };
}
