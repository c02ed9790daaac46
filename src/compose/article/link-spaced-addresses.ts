import type { Nodes, PhrasingContent, Root, Text } from 'mdast';
import { visit } from 'unist-util-visit';

/** `](`, an address with spaces in it and perhaps a title, up to the `)`. */
const ADDRESS =
  /\]\((?<url>[^\s()<>"]+(?:[ \t]+[^\s()<>"']+|[ \t]*\([^\s()<>"]*\)[^\s()<>"]*)*)(?:[ \t]+(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'))?[ \t]*\)/;

// A template tag is held by a mark while Markdown is read.
const BEGINS_LIKE_ONE = /^(?:tag[0-9a-f]{20}n\d+l\d+e|\/[^\s/]|\.{1,2}\/\S|https?:\/\/\S)/i;

const ENDS_LIKE_A_FILE =
  /^[^,;]+\.(?:png|jpe?g|gif|webp|avif|svg|bmp|pdf|docx?|xlsx?|pptx?|odt|csv|txt|zip|gz|epub|mp[34]|m4a|mov|webm|ogg|wav|html?|md)(?:[?#]\S*)?$/i;

/** Elements of HTML whose text is code. */
const CODE = /^<(?:pre|code|samp|kbd|script|style|textarea)\b/i;

/** Far longer than the words of any link. */
const MOST_NODES = 50;

/**
 * Makes links and images of `[words](/an address.png)`, which Kramdown takes for one and CommonMark for text. `source` is what the tree was
 * read from, where backslashes show which brackets are meant to be read.
 */
export function linkSpacedAddresses(tree: Root, source: string): Root {
  visit(tree, (node) => {
    if (!('children' in node) || !node.children.some((child) => isCandidate(child, source))) return;
    if (node.children.some((child) => child.type === 'html' && CODE.test(child.value))) return;
    const isInLink = node.type === 'link' || node.type === 'linkReference';
    node.children = withLinks(node.children as PhrasingContent[], isInLink, source) as typeof node.children;
  });
  return tree;
}

function isCandidate(node: Nodes, source: string): node is Text {
  if (node.type !== 'text' || !ADDRESS.test(node.value)) return false;
  const written = source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
  return !/\\[[\]()!]/.test(written);
}

function withLinks(
  children: readonly PhrasingContent[],
  isInLink: boolean,
  source: string,
): PhrasingContent[] {
  const done: PhrasingContent[] = [];
  for (const child of children) {
    if (!isCandidate(child, source)) {
      done.push(child);
      continue;
    }
    let rest = child;
    for (let found = ADDRESS.exec(rest.value); found !== null; found = ADDRESS.exec(rest.value)) {
      const after = found.index + found[0].length;
      done.push(part(rest, 0, found.index));
      if (!closeLink(done, found, isInLink)) done.push(part(rest, found.index, after));
      rest = part(rest, after);
    }
    done.push(rest);
  }
  return done.filter((node) => node.type !== 'text' || node.value !== '');
}

/** Puts the nodes since the `[` into a link, or an image; false when there is none, or it is no address. */
function closeLink(done: PhrasingContent[], { groups = {} }: RegExpExecArray, isInLink: boolean): boolean {
  const { url = '', double, single } = groups;
  if (!/[ \t]/.test(url) || !(BEGINS_LIKE_ONE.test(url) || ENDS_LIKE_A_FILE.test(url))) return false;
  const opening = openingIn(done);
  const head = opening && done[opening.node];
  if (opening === undefined || head?.type !== 'text') return false;
  const isImage = head.value[opening.at - 1] === '!';
  const words = [part(head, opening.at + 1), ...done.slice(opening.node + 1)].filter(isNotEmpty);
  if (!isImage && (isInLink || words.some(({ type }) => type === 'link'))) return false;
  done.splice(opening.node, done.length, part(head, 0, isImage ? opening.at - 1 : opening.at));
  const given = {
    url: url.replace(/[ \t]/g, '%20'),
    title: double ?? single ?? null,
    ...(head.position && { position: part(head, opening.at).position ?? head.position }),
  };
  done.push(
    isImage
      ? { type: 'image', alt: words.map(wordsIn).join(''), ...given }
      : { type: 'link', children: words, ...given },
  );
  return true;
}

function wordsIn(node: Nodes): string {
  if ('children' in node) return node.children.map(wordsIn).join('');
  return 'value' in node ? node.value : ('alt' in node && node.alt) || '';
}

const isNotEmpty = (node: PhrasingContent): boolean => node.type !== 'text' || node.value !== '';

/** The last `[` that nothing has closed yet. */
function openingIn(nodes: readonly PhrasingContent[]): { node: number; at: number } | undefined {
  let closed = 0;
  for (let index = nodes.length - 1; index >= Math.max(0, nodes.length - MOST_NODES); index -= 1) {
    const node = nodes[index];
    if (node?.type !== 'text') continue;
    for (let at = node.value.length - 1; at >= 0; at -= 1) {
      if (node.value[at] === ']') closed += 1;
      if (node.value[at] === '[' && closed === 0) return { node: index, at };
      if (node.value[at] === '[') closed -= 1;
    }
  }
  return undefined;
}

/** A part of a text, on the line it stands on. */
function part(node: Text, from: number, to?: number): Text {
  const value = node.value.slice(from, to);
  if (node.position === undefined) return { ...node, value };
  const line = node.position.start.line + node.value.slice(0, from).split('\n').length - 1;
  return { ...node, value, position: { ...node.position, start: { ...node.position.start, line } } };
}
