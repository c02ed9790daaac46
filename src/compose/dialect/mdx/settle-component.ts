import type { Nodes, RootContent } from 'mdast';
import { asBlocks, isBlankText } from '../as-blocks.ts';
import { nodesOf } from '../nodes-of-meaning.ts';
import { reportNotUnderstood } from '../not-understood.ts';
import { seeOnWeb } from '../see-on-web.ts';
import { meaningOf } from '../tag-meaning.ts';
import type { TemplateTag } from '../template-tag.ts';
import { expressionValue } from './expression-value.ts';
import { componentAttributes, type JsxElement } from './jsx-attributes.ts';
import type { MdxContext } from './mdx-context.ts';
import type { MdxScope } from './mdx-scope.ts';

/** A component, whose inside is settled already, → what a mail can have of it. */
export function settleComponent(
  node: JsxElement,
  inside: readonly RootContent[],
  context: MdxContext,
): readonly RootContent[] {
  const tag = tagOf(node, inside, context);
  const meaning = meaningOf(tag, context);
  if (meaning !== undefined) return nodesOf(meaning).map((nodes) => positioned(nodes, node));

  const isEmpty = inside.every(isBlankText);
  const isLeftOut = isEmpty && node.type === 'mdxJsxTextElement' && context.isAmongWords === true;
  reportNotUnderstood(tag, isLeftOut ? 'nothing' : isEmpty ? 'link' : 'inner', context.report);
  if (isLeftOut) return [];
  return isEmpty ? [positioned(seeOnWeb(context.words), node)] : inside;
}

function tagOf(node: JsxElement, inside: readonly RootContent[], { scope, source }: MdxContext): TemplateTag {
  const { opening, inner } = partsOf(node, source);
  const text = saidIn(node, scope) ?? inner;
  return {
    syntax: 'component',
    name: node.name ?? '',
    positional: [],
    named: componentAttributes(node, scope),
    ...(node.children.length === 0 ? {} : { inner: { text, blocks: () => asBlocks(inside) } }),
    source: opening,
    line: node.position?.start.line ?? 1,
  };
}

function partsOf(node: JsxElement, source: string): { opening: string; inner: string } {
  const [start, end] = [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
  const first = node.attributes.at(-1)?.position?.end.offset ?? start;
  const opened = source.indexOf('>', first) + 1;
  const closes = source.lastIndexOf('</', end);
  return {
    opening: source.slice(start, opened),
    inner: closes < opened ? '' : dedented(source.slice(opened, closes)),
  };
}

function dedented(text: string): string {
  const lines = text
    .replace(/^[ \t]*\r?\n/, '')
    .trimEnd()
    .split(/\r?\n/);
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, 40);
  return lines.map((line) => line.slice(indent)).join('\n');
}

const positioned = <N extends RootContent>(node: N, { position }: JsxElement): N =>
  node.position !== undefined || position === undefined ? node : { ...node, position };

/** What `{`…`}` says, when that is all there is inside: a way to write code that no Markdown is read in. */
function saidIn({ children }: JsxElement, scope: MdxScope): string | undefined {
  const parts = children.flatMap((child) => (child.type === 'paragraph' ? child.children : [child]));
  const said = parts.filter((part) => !isBlankText(part)).map((part) => expressionIn(part, scope));
  return said.includes(undefined) ? undefined : said.join('');
}

const expressionIn = (part: Nodes, scope: MdxScope): string | undefined =>
  part.type === 'mdxFlowExpression' || part.type === 'mdxTextExpression'
    ? expressionValue(part.data?.estree, scope)
    : undefined;
