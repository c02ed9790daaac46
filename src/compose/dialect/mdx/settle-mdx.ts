import type { MdxFlowExpression, MdxTextExpression } from 'mdast-util-mdx';
import type { Nodes, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { asBlocks, asPhrasing, isBlankText, isBlock } from '../as-blocks.ts';
import { seeOnWeb } from '../see-on-web.ts';
import { settleComponent } from './settle-component.ts';
import { expressionValue } from './expression-value.ts';
import { htmlAttributes, isUnknown, type JsxElement } from './jsx-attributes.ts';
import { htmlElement } from '../html-element.ts';
import type { MdxContext } from './mdx-context.ts';

const NEVER_SHOWN = new Set(['script', 'style', 'template']);

const HOLDS_BLOCKS = new Set(
  'article aside blockquote center dd details div footer header li main section td th'.split(' '),
);

const HOLDS_LINES = new Set(
  'a abbr b button cite dt em h1 h2 h3 h4 h5 h6 i label mark p q s small span strong sub summary sup u'.split(
    ' ',
  ),
);

/** Turns elements, components, expressions and imports into what a mail can have. Nothing of them is run. */
export function settleMdx(tree: Root, context: MdxContext): void {
  tree.children = settleBlocks(tree.children, context);
}

/** Each node gives blocks of its own, so that what stands on two lines does not come to stand on one. */
const settleBlocks = (nodes: readonly RootContent[], context: MdxContext): RootContent[] =>
  nodes.flatMap((node) => asBlocks(settle(node, context)));

const settleAll = (nodes: readonly RootContent[], context: MdxContext): RootContent[] =>
  nodes.flatMap((node) => settle(node, context));

function settle(node: RootContent, context: MdxContext): readonly RootContent[] {
  if (node.type === 'mdxjsEsm') return [];
  if (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression') {
    return settleExpression(node, context);
  }
  if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
    return settleElement(node, context);
  }
  if (node.type === 'paragraph') return settleParagraph(node, context);
  if ('children' in node) settleInside(node, context);
  return [node];
}

function settleInside(parent: Extract<Nodes, { children: unknown }>, context: MdxContext): void {
  if (['blockquote', 'listItem', 'footnoteDefinition'].includes(parent.type)) {
    parent.children = settleBlocks(parent.children, context) as typeof parent.children;
    return;
  }
  const settled = settleAll(parent.children, context);
  const isOfLines = !['list', 'table', 'tableRow'].includes(parent.type);
  parent.children = (isOfLines ? asPhrasing(settled) : settled) as typeof parent.children;
}

// A paragraph of nothing but elements is no paragraph for MDX either; one with a block in it is divided by it.
function settleParagraph(paragraph: Paragraph, context: MdxContext): RootContent[] {
  const isOfElements = paragraph.children.every((child) => isMdx(child) || isBlankText(child));
  const settled = paragraph.children.flatMap((child, index) =>
    settle(child, { ...context, isAmongWords: !isOfElements && !hasOwnLine(paragraph.children, index) }),
  );
  if (isOfElements) return settled.filter((node) => !isBlankText(node) || settled.some(isText));
  if (settled.some(isBlock)) return asBlocks(settled);
  paragraph.children = settled as PhrasingContent[];
  return settled.every(isBlankText) ? [] : [paragraph];
}

function hasOwnLine(children: readonly PhrasingContent[], index: number): boolean {
  const [before, after] = [children[index - 1], children[index + 1]];
  const begins = before === undefined || (before.type === 'text' && /\n[ \t]*$/.test(before.value));
  const ends = after === undefined || (after.type === 'text' && /^[ \t]*\n/.test(after.value));
  return begins && ends;
}

const isText = (node: RootContent): boolean => node.type === 'text' && !isBlankText(node);

const isMdx = ({ type }: Nodes): boolean => type === 'mdxJsxTextElement' || type === 'mdxTextExpression';

function settleExpression(
  node: MdxFlowExpression | MdxTextExpression,
  context: MdxContext,
): readonly RootContent[] {
  const value = expressionValue(node.data?.estree, context.scope);
  if (value === '') return [];
  if (value !== undefined) return [positioned({ type: 'text', value }, node)];
  context.report(node, {
    rule: 'template-syntax',
    message: `The expression {${shortened(node.value)}} would have to be run, so a link to the web version stands in its place.`,
    fix: 'Write what it shows as text.',
  });
  return [positioned(seeOnWeb(context.words), node)];
}

function settleElement(node: JsxElement, context: MdxContext): readonly RootContent[] {
  const { name } = node;
  const isHtml = name !== null && /^[a-z][\w-]*$/.test(name);
  if (isHtml && NEVER_SHOWN.has(name)) return [];
  const isOfBlocks = node.type === 'mdxJsxFlowElement' && (!isHtml || HOLDS_BLOCKS.has(name));
  const inside = isOfBlocks ? settleBlocks(node.children, context) : settleAll(node.children, context);
  if (name === null) return inside;
  return isHtml ? settleHtml(node, name, inside, context) : settleComponent(node, inside, context);
}

function settleHtml(
  node: JsxElement,
  name: string,
  inside: readonly RootContent[],
  context: MdxContext,
): readonly RootContent[] {
  const address = name === 'a' ? 'href' : 'src';
  if (isUnknown(node, address, context.scope)) return withoutAddress(node, name, inside, context);
  const children = HOLDS_LINES.has(name) ? asPhrasing(inside) : inside;
  return [positioned(htmlElement(name, htmlAttributes(node, context.scope), children), node)];
}

function withoutAddress(
  node: JsxElement,
  name: string,
  children: readonly RootContent[],
  { words, report }: MdxContext,
): readonly RootContent[] {
  const left =
    children.length > 0
      ? 'so only what is inside was kept'
      : 'so a link to the web version stands in its place';
  report(node, {
    rule: 'template-syntax',
    message: `The address of <${name}> would have to be worked out by running the page, ${left}.`,
    fix: 'Write the address out in quotes.',
  });
  return children.length > 0 ? children : [positioned(seeOnWeb(words), node)];
}

const shortened = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};

const positioned = <N extends RootContent>(node: N, { position }: Nodes): N =>
  position === undefined ? node : { ...node, position };
