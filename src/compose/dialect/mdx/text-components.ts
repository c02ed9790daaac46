import type { PhrasingContent } from 'mdast';
import { asPhrasing } from '../as-blocks.ts';
import { htmlElement } from '../html-element.ts';
import { blocks, code, inline, inlineCode, text } from '../markdown-nodes.ts';
import type { TagHandler, TagHandlers, TemplateTag } from '../template-tag.ts';

/** What is inside, as a part of a line; else what an attribute says. */
function lineOf(tag: TemplateTag): PhrasingContent[] {
  const inner = asPhrasing(tag.inner?.blocks() ?? []);
  if (inner.length > 0) return inner;
  const said = tag.named['text'] || tag.named['label'] || tag.named['title'] || tag.named['children'];
  return said ? [text(said)] : [];
}

const words: TagHandler = (tag) => inline(lineOf(tag));

const inElement =
  (name: string): TagHandler =>
  (tag) =>
    inline([htmlElement(name, {}, lineOf(tag))]);

const link =
  (...className: string[]): TagHandler =>
  (tag) => {
    const url = tag.named['href'] || tag.named['to'] || tag.named['url'] || tag.named['link'];
    const children = lineOf(tag);
    if (!url) return children.length === 0 ? undefined : inline(children);
    const shown: PhrasingContent[] = children.length > 0 ? children : [text(url)];
    return inline([htmlElement('a', { href: url, ...(className.length > 0 && { className }) }, shown)]);
  };

const codeBlock: TagHandler = (tag) => {
  const value = tag.named['code'] || tag.inner?.text.trim();
  const lang = tag.named['lang'] || tag.named['language'];
  if (!value) return undefined;
  return blocks([code(value, lang)]);
};

const formulaOf = (tag: TemplateTag): string | undefined =>
  tag.named['math'] || tag.named['tex'] || tag.named['formula'] || tag.inner?.text.trim();

const formula: TagHandler = (tag, context) => {
  const value = formulaOf(tag);
  const isBlock = ['block', 'display', 'displaymode'].some((name) => tag.named[name] !== undefined);
  if (isBlock) return formulaBlock(tag, context);
  return value ? inline([inlineCode(value)]) : undefined;
};

const formulaBlock: TagHandler = (tag) => {
  const value = formulaOf(tag);
  return value ? blocks([code(value)]) : undefined;
};

/** Components that go on inside a line of text, and code. */
export const textComponents: TagHandlers = {
  a: link(),
  link: link(),
  navlink: link(),
  externallink: link(),
  button: link('button'),
  linkbutton: link('button'),
  buttonlink: link('button'),
  cta: link('button'),
  badge: words,
  pill: words,
  tag: words,
  label: words,
  tooltip: words,
  highlight: inElement('mark'),
  mark: inElement('mark'),
  kbd: inElement('kbd'),
  small: inElement('small'),
  abbr: words,
  code: codeBlock,
  codeblock: codeBlock,
  math: formula,
  latex: formula,
  tex: formula,
  inlinemath: formula,
  blockmath: formulaBlock,
  mathblock: formulaBlock,
};
