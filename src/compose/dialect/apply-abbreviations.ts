import type { Nodes, Root, RootContent, Text } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import { htmlElement } from './html-element.ts';

const DEFINITION = /^\*\[([^[\]]+)\]:[ \t]*(.*)$/;
/** Each is looked for at every place of the text. */
const MOST = 200;

/** Takes definitions like `*[HTML]: Hypertext Markup Language` out of a post and marks the words they are about. */
export function applyAbbreviations(tree: Root): void {
  const meanings = takeDefinitions(tree);
  if (meanings.size === 0) return;
  const wanted = anyOf([...meanings.keys()]);
  visit(tree, (node) => {
    if (node.type === 'htmlElement' && node.data.hName === 'abbr') return SKIP;
    if ('children' in node) {
      node.children = (node.children as RootContent[]).flatMap((child) =>
        child.type === 'text' ? marked(child, wanted, meanings) : [child],
      ) as typeof node.children;
    }
    return undefined;
  });
}

function takeDefinitions(tree: Root): Map<string, string> {
  const meanings = new Map<string, string>();
  visit(tree, (node: Nodes) => {
    if (!('children' in node)) return;
    node.children = node.children.filter((child) => {
      if (child.type !== 'abbreviationDefinition') return true;
      const [, label, meaning = ''] = DEFINITION.exec(child.value) ?? [];
      if (label !== undefined && meanings.size < MOST) meanings.set(label, meaning.trim());
      return false;
    }) as typeof node.children;
  });
  return meanings;
}

// CJK has no spaces between words, so only a Latin edge has to be the edge of a word.
function anyOf(labels: readonly string[]): RegExp {
  const patterns = labels
    .toSorted((a, b) => b.length - a.length)
    .map((label) => {
      const literal = label.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
      return `${/^\w/.test(label) ? '(?<!\\w)' : ''}${literal}${/\w$/.test(label) ? '(?!\\w)' : ''}`;
    });
  return new RegExp(patterns.join('|'), 'g');
}

function marked(node: Text, wanted: RegExp, meanings: ReadonlyMap<string, string>): RootContent[] {
  const parts: RootContent[] = [];
  let done = 0;
  for (const { 0: label, index } of node.value.matchAll(wanted)) {
    if (index > done) parts.push({ ...node, value: node.value.slice(done, index) });
    const title = meanings.get(label) ?? '';
    parts.push(htmlElement('abbr', title === '' ? {} : { title }, [{ ...node, value: label }]));
    done = index + label.length;
  }
  if (done === 0) return [node];
  if (done < node.value.length) parts.push({ ...node, value: node.value.slice(done) });
  return parts;
}
