import { parse, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

export interface HtmlView {
  /** What a reader sees, white space as one space. */
  readonly text: string;
  /** The same without code. */
  readonly prose: string;
  readonly links: readonly string[];
  readonly images: readonly Readonly<Record<string, string>>[];
}

const UNSEEN = new Set(['head', 'style', 'script', 'title']);
const CODE = new Set(['code', 'pre', 'samp', 'kbd']);
const INLINE = new Set(
  'a abbr b bdi bdo cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** A mail's HTML as an independent parser sees it. */
export function viewHtml(html: string): HtmlView {
  const seen = { text: '', prose: '', links: [] as string[], images: [] as Record<string, string>[] };
  walk(parse(html), false, seen);
  return { ...seen, text: tidy(seen.text), prose: tidy(seen.prose) };
}

function walk(
  node: Node,
  inCode: boolean,
  seen: { text: string; prose: string; links: string[]; images: Record<string, string>[] },
): void {
  if (node.nodeName === '#text') {
    const { value } = node as DefaultTreeAdapterTypes.TextNode;
    seen.text += value;
    seen.prose += inCode ? ' ' : value;
  }
  if (UNSEEN.has(node.nodeName) || isHidden(node)) return;
  const attributes = 'attrs' in node ? Object.fromEntries(node.attrs.map((a) => [a.name, a.value])) : {};
  if (node.nodeName === 'a' && attributes['href'] !== undefined) seen.links.push(attributes['href']);
  if (node.nodeName === 'img') seen.images.push(attributes);
  if (!('childNodes' in node)) return;
  for (const child of node.childNodes) walk(child, inCode || CODE.has(node.nodeName), seen);
  if (!INLINE.has(node.nodeName)) {
    seen.text += ' ';
    seen.prose += ' ';
  }
}

const isHidden = (node: Node): boolean =>
  'attrs' in node && node.attrs.some(({ name, value }) => name === 'style' && /display:\s*none/.test(value));

const tidy = (text: string): string =>
  text
    .replace(/[\u2060\u200b\u00ad]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
