import { parse, type DefaultTreeAdapterTypes, type ParserError } from 'parse5';
import type { Page, PageElement, TextRun } from './page.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

interface Surroundings {
  readonly depth: number;
  /** In the head or a style sheet: text, but none to read. */
  readonly isAside: boolean;
  readonly isHidden: boolean;
  readonly isCode: boolean;
  readonly isOptional: boolean;
}

interface Seen {
  readonly elements: PageElement[];
  readonly runs: TextRun[];
  readonly headingRows: string[][];
  readonly imageAlts: string[];
  readonly mistakes: Set<string>;
}

const CODE = new Set(['code', 'pre', 'kbd', 'samp', 'tt', 'var']);
const ASIDE = new Set(['head', 'style', 'script', 'template', 'noscript']);
const HIDDEN = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
const BODY: Surroundings = { depth: 0, isAside: false, isHidden: false, isCode: false, isOptional: false };
const INLINE = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i img ins kbd mark q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
/** What plain text says by a mark, or not at all: which issue this one is, what language code is in. */
const DECORATION = /(?:^|\s)(?:here|code-language)(?:\s|$)/;
const SHOWN_MISTAKES = 5;
/** Mail programs give up somewhere below. */
const DEEPEST = 500;

/** HTML → what the rules look at, in one walk. */
export function readPage(html: string): Page {
  const mistakes = new Set<string>();
  const onParseError = (error: ParserError): void => {
    if (mistakes.size < SHOWN_MISTAKES) mistakes.add(describe(error, html));
  };
  const document = parse(html, { onParseError });
  const seen: Seen = { elements: [], runs: [], headingRows: [], imageAlts: [], mistakes };
  for (const child of document.childNodes) walk(child, BODY, seen);
  return {
    hasDoctype: document.childNodes.some(({ nodeName }) => nodeName === '#documentType'),
    title: seen.elements.find(({ name }) => name === 'title')?.text.trim() ?? '',
    ...seen,
    mistakes: [...mistakes],
  };
}

function walk(node: Node, around: Surroundings, seen: Seen): void {
  if (isText(node)) {
    if (!around.isAside) seen.runs.push({ ...around, text: node.value });
  }
  if (!isElement(node)) return;
  const attributes = attributesOf(node);
  const inside = surroundingsIn(node, attributes, around);
  seen.elements.push({
    name: node.tagName,
    attributes,
    get text() {
      return textOf(node);
    },
    get images() {
      return imagesIn(node).map(attributesOf);
    },
    isHidden: inside.isHidden,
  });
  if (node.tagName === 'img') {
    const { alt = '' } = attributes;
    seen.runs.push({ ...inside, text: alt, isOptional: true });
    if (!inside.isHidden) seen.imageAlts.push(alt);
  }
  if (node.tagName === 'tr' && isHeadingRow(node)) seen.headingRows.push(cellsOf(node).map(textOf));
  if (inside.depth > DEEPEST) {
    seen.mistakes.add(`elements nested more than ${DEEPEST} deep`);
    return;
  }
  for (const child of node.childNodes) walk(child, inside, seen);
  if (!INLINE.has(node.tagName) && !inside.isAside) seen.runs.push({ ...inside, text: '\n' });
}

function surroundingsIn(
  element: Element,
  attributes: Readonly<Record<string, string>>,
  around: Surroundings,
): Surroundings {
  const { tagName } = element;
  return {
    depth: around.depth + 1,
    isAside: around.isAside || ASIDE.has(tagName),
    isHidden: around.isHidden || 'hidden' in attributes || HIDDEN.test(attributes['style'] ?? ''),
    isCode: around.isCode || CODE.has(tagName),
    isOptional:
      around.isOptional ||
      tagName === 'sup' ||
      attributes['aria-hidden'] === 'true' ||
      DECORATION.test(attributes['class'] ?? '') ||
      (tagName === 'tr' && isHeadingRow(element)) ||
      (tagName === 'a' && showsItself(element)),
  };
}

/** The words of a link are its own address: plain text has that once. */
function showsItself(link: Element): boolean {
  const href = attributesOf(link)['href'] ?? '';
  const words = bare(textOf(link).trim());
  return (
    words !== '' &&
    (bare(href) === words || bare(href.replace(/^(?:https?:\/\/|mailto:|tel:)/, '')) === words)
  );
}

function bare(address: string): string {
  try {
    return decodeURI(address).replace(/\/$/, '');
  } catch {
    // Not percent-encoded text, so it is compared as it stands.
    return address.replace(/\/$/, '');
  }
}

function isHeadingRow(row: Element): boolean {
  const cells = cellsOf(row);
  return cells.length > 0 && cells.every(({ tagName }) => tagName === 'th');
}

const cellsOf = (row: Element): Element[] =>
  row.childNodes.filter(isElement).filter(({ tagName }) => tagName === 'th' || tagName === 'td');

const imagesIn = (element: Element): Element[] =>
  [...nodesIn(element)].filter(isElement).filter(({ tagName }) => tagName === 'img');

const textOf = (element: Element): string => {
  let text = '';
  for (const node of nodesIn(element)) if (isText(node)) text += node.value;
  return text;
};

/** In document order, without recursion: a hostile mail may be nested deeper than the stack. */
function* nodesIn(element: Element): Generator<Node> {
  const ahead = element.childNodes.toReversed();
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    yield node;
    if (isElement(node)) for (const child of node.childNodes.toReversed()) ahead.push(child);
  }
}

const attributesOf = (element: Element): Readonly<Record<string, string>> =>
  Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]));

const isElement = (node: Node): node is Element => 'tagName' in node;

const isText = (node: Node): node is DefaultTreeAdapterTypes.TextNode => node.nodeName === '#text';

const describe = ({ code, startOffset }: ParserError, html: string): string =>
  `${code} near "${html
    .slice(Math.max(startOffset - 20, 0), startOffset + 20)
    .replace(/\s+/g, ' ')
    .trim()}"`;
