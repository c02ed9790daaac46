import type {
  Data,
  Definition,
  Image,
  Link,
  Nodes,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
} from 'mdast';
import { WEB_VERSION } from '../../article/link-target.ts';
import { asBlocks, asPhrasing, isBlankText, isBlock } from '../as-blocks.ts';
import { link, text } from '../markdown-nodes.ts';
import { reportNotUnderstood, type Instead } from '../not-understood.ts';
import { aloneOnLine } from './alone-on-line.ts';
import type { HeldMeanings } from './held-meanings.ts';
import { walkHtml } from './html-walk.ts';
import { replaceInHtml } from './replace-in-html.ts';
import { tagsIn, wordsIn } from './replace-in-string.ts';
import { asWritten, restoreCode } from './restore-code.ts';

type Parent = Extract<Nodes, { children: unknown }>;

/** Nodes that hold blocks, or rows; all others hold words. */
const HOLDS_BLOCKS = new Set([
  'root',
  'blockquote',
  'list',
  'listItem',
  'footnoteDefinition',
  'table',
  'tableRow',
  'defList',
  'defListDescription',
  'htmlElement',
]);

/** Puts what tags mean in the place of their marks, in text, addresses and raw HTML, and what the writer wrote in code. */
export function replaceTags(tree: Root, tags: HeldMeanings): void {
  settleInside(tree, tags);
}

function settleInside(parent: Parent, tags: HeldMeanings): void {
  const isOfWords = parent.type === 'heading' || parent.type === 'tableCell';
  const settled = settleAll(parent.children, isOfWords ? amongWords(parent, tags) : tags);
  parent.children = (HOLDS_BLOCKS.has(parent.type) ? settled : asPhrasing(settled)) as typeof parent.children;
}

function settleAll(nodes: readonly RootContent[], tags: HeldMeanings): RootContent[] {
  const walk = walkHtml();
  let isCode = false;
  return nodes.flatMap((node): readonly RootContent[] => {
    if (node.type === 'html') isCode = walk.partAfter(node.value) === 'code';
    // `<code>{{ x }}</code>` in a line is three nodes.
    if (isCode && node.type === 'text') return [{ ...node, value: asWritten(node.value, tags) }];
    return settle(node, tags);
  });
}

function settle(node: RootContent, tags: HeldMeanings): readonly RootContent[] {
  settleProperties(node, tags);
  if (node.type === 'text') return tagsIn(node, tags);
  if (node.type === 'html') return replaceInHtml(node, tags);
  if (node.type === 'paragraph') return settleParagraph(node, tags);
  if (node.type === 'link') return settleLink(node, tags);
  if (node.type === 'image') return settleImage(node, tags);
  if (node.type === 'definition') settleDefinition(node, tags);
  else if (node.type === 'code' || node.type === 'inlineCode') restoreCode(node, tags);
  else settleOther(node, tags);
  return [node];
}

function settleOther(node: RootContent, tags: HeldMeanings): void {
  if ('alt' in node && typeof node.alt === 'string') node.alt = wordsIn(node.alt, tags).words;
  if ('children' in node) settleInside(node, tags);
  else if ('value' in node) node.value = wordsIn(node.value, tags).words;
}

function settleProperties({ data }: { readonly data?: Data | undefined }, tags: HeldMeanings): void {
  const properties: Record<string, unknown> = data?.hProperties ?? {};
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'string') properties[name] = wordsIn(value, tags).words;
  }
}

/** A tag that is not understood leaves a link where it had a line for itself, and nothing in a sentence. */
function amongWords(parent: Parent, tags: HeldMeanings): HeldMeanings {
  const alone = aloneOnLine(parent, tags);
  return { ...tags, nodes: (tag) => tags.nodes(tag, !alone.has(tag)) };
}

/** A paragraph of blocks is those blocks; among words they divide it. */
function settleParagraph(paragraph: Paragraph, tags: HeldMeanings): readonly RootContent[] {
  const hasTags = paragraph.children.some((child) => child.type === 'text' && tags.marks.isIn(child.value));
  const settled = settleAll(paragraph.children, amongWords(paragraph, tags));
  if (settled.some(isBlock)) return asBlocks(settled).flatMap(trimmed);
  paragraph.children = settled as PhrasingContent[];
  return hasTags ? trimmed(paragraph) : [paragraph];
}

/** A paragraph without the blanks that its tags have left at its edges; none when nothing else is left. */
function trimmed(node: RootContent): readonly RootContent[] {
  if (node.type !== 'paragraph') return [node];
  const first = node.children.findIndex((child) => !isEdge(child));
  const last = node.children.findLastIndex((child) => !isEdge(child));
  node.children = first < 0 ? [] : node.children.slice(first, last + 1);
  const [start, end] = [node.children[0], node.children.at(-1)];
  if (start?.type === 'text') start.value = start.value.replace(/^[ \t\r\n]+/, '');
  if (end?.type === 'text') end.value = end.value.replace(/[ \t\r\n]+$/, '');
  return node.children.length === 0 ? [] : [node];
}

const isEdge = (child: PhrasingContent): boolean => isBlankText(child) || child.type === 'break';

function settleLink(node: Link, tags: HeldMeanings): readonly RootContent[] {
  settleInside(node, tags);
  const url = addressIn(node.url, 'words', tags);
  settleTitle(node, tags);
  if (url === undefined) return node.children;
  node.url = url;
  return [node];
}

function settleImage(node: Image, tags: HeldMeanings): readonly RootContent[] {
  if (typeof node.alt === 'string') node.alt = wordsIn(node.alt, tags).words;
  settleTitle(node, tags);
  const url = addressIn(node.url, 'link', tags);
  if (url === undefined) return [link(WEB_VERSION, [text(node.alt || tags.reader.words.seeOnWeb)])];
  node.url = url;
  return [node];
}

function settleDefinition(node: Definition, tags: HeldMeanings): void {
  settleTitle(node, tags);
  node.url = addressIn(node.url, 'link', tags) ?? WEB_VERSION;
}

function settleTitle(node: Link | Image | Definition, tags: HeldMeanings): void {
  if (typeof node.title === 'string') node.title = wordsIn(node.title, tags).words;
}

/** An address with what its tags mean; undefined, and told, when one of them is no address. */
function addressIn(url: string, instead: Instead, tags: HeldMeanings): string | undefined {
  const { words, unknown } = wordsIn(url, tags, false);
  // A reference that leads nowhere leads to the web version, whatever stands before it.
  if (unknown === undefined) return words.slice(Math.max(0, words.indexOf(WEB_VERSION)));
  reportNotUnderstood(tags.tag(unknown), instead, tags.reader.report);
  return undefined;
}
