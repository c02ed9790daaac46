import type { PhrasingContent, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import { asBlocks } from '../as-blocks.ts';
import { htmlElement } from '../html-element.ts';
import { blocks, html, inline, link, NOTHING, paragraph, strong, text } from '../markdown-nodes.ts';
import type { TagHandler, TagHandlers, TagMeaning, TemplateTag } from '../template-tag.ts';
import { argument, inMarkdown, innerBlocks, innerLine, innerText, named, under } from './tag-arguments.ts';

/** Only what is inside. */
const frame: TagHandler = (tag) => (tag.inner === undefined ? undefined : blocks(innerBlocks(tag)));

/** Hugo Book divides columns by `<--->`. */
const columns: TagHandler = (tag) =>
  tag.inner === undefined ? undefined : blocks(innerBlocks(tag).flatMap(withoutDividers));

function withoutDividers(node: RootContent): RootContent[] {
  if (node.type !== 'paragraph' || !soleText(node).includes('<-')) return [node];
  const parts = node.children.flatMap((child): RootContent[] =>
    child.type === 'text'
      ? child.value
          .split(/\s*(<-{2,}>)\s*/)
          .map((part, at) => (at % 2 === 0 ? text(part) : { type: 'thematicBreak' }))
      : [child],
  );
  return asBlocks(parts).filter(({ type }) => type !== 'thematicBreak');
}

/** Something to unfold, which a mail shows unfolded. */
const folded: TagHandler = (tag) => {
  const said = named(tag, 'summary', 'title', 'label', 'header', 'name', 'question', 'text');
  const given =
    said ?? tag.positional.filter((word) => !/^(?:open|closed|true|false|\.{3}|…)$/.test(word))[0];
  const head = given === undefined ? [] : [htmlElement('summary', {}, inMarkdown(given))];
  return tag.inner === undefined
    ? undefined
    : blocks([htmlElement('details', {}, [...head, ...innerBlocks(tag)])]);
};

/** One of several things side by side, which a mail shows one below the other, each under its name. */
const titled: TagHandler = (tag) => {
  const title = argument(tag, 0, 'title', 'name', 'label', 'header', 'tabname', 'tab', 'heading');
  const head = title === undefined ? [] : [inBold(inMarkdown(title))];
  const inner = tag.inner === undefined ? [] : innerBlocks(tag);
  return head.length + inner.length === 0 ? undefined : blocks([...head, ...inner]);
};

/** Tabs of NexT and Butterfly are divided by `<!-- tab Name -->`, those of VuePress by `@tab Name`. */
const tabs: TagHandler = (tag) =>
  tag.inner === undefined ? undefined : blocks(innerBlocks(tag).flatMap((node) => tabOf(node)));

const TAB_LINE = /(?:^|\s*\n)[ \t]*@tab(?::active)?[ \t]+([^#\n]+?)(?:#\w+)?[ \t]*(?:\n|$)/;

function tabOf(node: RootContent): RootContent[] {
  const [, name] = node.type === 'html' ? (/^<!--\s*tab\b([^]*?)-->\s*$/.exec(node.value) ?? []) : [];
  if (name !== undefined) return tabName(name.split('@')[0]?.trim() ?? '');
  if (node.type === 'html' && /^<!--\s*endtab\s*-->\s*$/.test(node.value)) return [];
  if (node.type !== 'paragraph' || !soleText(node).includes('@tab')) return [node];
  const parts = node.children.flatMap((child): RootContent[] =>
    child.type === 'text'
      ? child.value.split(TAB_LINE).flatMap((part, at) => (at % 2 === 0 ? [text(part)] : tabName(part)))
      : [child],
  );
  return asBlocks(parts);
}

const tabName = (name: string): RootContent[] => (name === '' ? [] : [inBold([text(name)])]);

const soleText = (node: RootContent): string => {
  if (node.type !== 'paragraph') return '';
  return node.children
    .map((child) => (child.type === 'text' || child.type === 'html' ? child.value : '\n'))
    .join('')
    .trim();
};

const inBold = (words: readonly PhrasingContent[]): RootContent => paragraph([strong(words)]);

const card: TagHandler = (tag) => {
  const title = named(tag, 'title', 'header', 'name', 'label') ?? tag.positional[0];
  const url = named(tag, 'link', 'href', 'url', 'to');
  const subtitle = named(tag, 'subtitle', 'description', 'text', 'subheader', 'badge');
  const words = title === undefined ? [] : inMarkdown(title);
  const name = words.length === 0 ? [] : [inBold(url === undefined ? words : [link(url, words)])];
  const nodes = [
    ...name,
    ...(subtitle === undefined ? [] : [paragraph(inMarkdown(subtitle))]),
    ...innerBlocks(tag),
  ];
  return nodes.length === 0 ? undefined : blocks(nodes);
};

const quote: TagHandler = (tag) => {
  const [author, source] = [
    named(tag, 'author', 'by', 'from', 'name'),
    named(tag, 'source', 'cite', 'book', 'title'),
  ];
  const url = named(tag, 'url', 'link', 'href');
  const from = [author, source].filter((one) => one !== undefined).join(', ') || tag.positional.join(', ');
  const said = innerBlocks(tag);
  const inner = said.length > 0 ? said : textParagraph(named(tag, 'text', 'quote', 'content'));
  return inner.length === 0 ? undefined : quoted(inner, from, url);
};

const textParagraph = (words: string | undefined): RootContent[] =>
  words === undefined ? [] : [paragraph(inMarkdown(words))];

/** Hexo's `{% blockquote Author, Book https://… link words %}`. */
const hexoQuote: TagHandler = (tag) => {
  const at = tag.positional.findIndex((word) => /^https?:\/\//.test(word));
  const before = (at < 0 ? tag.positional : tag.positional.slice(0, at)).join(' ');
  const words = at < 0 ? '' : tag.positional.slice(at + 1).join(' ');
  const from = [before, words].filter((part) => part !== '').join(', ');
  return tag.inner === undefined ? undefined : quoted(innerBlocks(tag), from, tag.positional[at]);
};

/** NexT's `{% cq %}`, whose inside is the quotation and nothing else. */
const plainQuote: TagHandler = (tag) =>
  tag.inner === undefined ? undefined : quoted(innerBlocks(tag), '', undefined);

function quoted(inner: readonly RootContent[], from: string, url: string | undefined): TagMeaning {
  const words = from === '' ? (url ?? '') : from;
  const credit =
    words === ''
      ? []
      : [paragraph([text('— '), url === undefined ? text(words) : link(url, inMarkdown(words))])];
  return blocks([htmlElement('blockquote', {}, [...inner, ...credit])]);
}

const aligned =
  (properties: Record<string, string>): TagHandler =>
  (tag) =>
    tag.inner === undefined ? undefined : blocks([htmlElement('div', properties, innerBlocks(tag))]);

const rawHtml: TagHandler = (tag) => {
  const inside = innerText(tag);
  return inside === undefined ? undefined : blocks([html(inside)]);
};

/** What is inside, with nothing in it run: Liquid's `raw`, VuePress' `v-pre`. */
const literally: TagHandler = (tag) => {
  const nodes = tag.inner?.literally?.();
  if (nodes === undefined) return undefined;
  // Braces that are meant to be read are code, or they would look like a tag that was forgotten.
  nodes.forEach(showBracesAsCode);
  return blocks(nodes);
};

function showBracesAsCode(tree: RootContent): void {
  visit(tree, 'text', (node, index, parent) => {
    if (parent === undefined || index === undefined || !/\{[{%]/.test(node.value)) return;
    const parts = node.value.split(/(\{\{[^{}]*\}\}|\{%[^{}]*%\})/);
    const nodes = parts.map((value, at) =>
      at % 2 === 0 ? text(value) : { type: 'inlineCode' as const, value },
    );
    (parent.children as RootContent[]).splice(index, 1, ...nodes.filter(({ value }) => value !== ''));
  });
}

const inside = (tag: TemplateTag): boolean => tag.inner !== undefined;

/** What a mail has no use for; words inside are the writer's all the same. */
export const unlessItHolds: TagHandler = (tag) => {
  if (innerText(tag) === undefined) return NOTHING;
  return tag.inner?.text.trim().includes('\n') === true ? blocks(innerBlocks(tag)) : inline(innerLine(tag));
};

const LOOKS_LIKE_CODE = /[;={}]|\w\(/;

/** Code for a page, or words that are to look in some way: LoveIt's `{{< style "text-align:right" >}}words{{< /style >}}`. */
const style: TagHandler = (tag, context) => {
  const isCode = tag.positional.length === 0 && LOOKS_LIKE_CODE.test(tag.inner?.text ?? '');
  return isCode ? NOTHING : unlessItHolds(tag, context);
};

export const boxTags: TagHandlers = {
  ...under(
    'steps step columns column cols col row grid cards cardpane cardgroup container section center left right align lead div wrap ' +
      'block filetree codegroup codetabs codegroups timeline accordion accordions markdown md markdownify content article ' +
      'fullwidth wide narrow indent print web details-group intro main notprint larger smaller list feature features hgroup',
    frame,
  ),
  ...under('columns cols twocolumns multicol', columns),
  ...under(
    'details expand collapse collapsible spoiler fold folding toggle accordionitem dropdown collapseitem hide reveal expandable',
    folded,
  ),
  ...under('tab tabitem tabpanel timelineitem codetab cover', titled),
  ...under('tabs tabpane tabset tabgroup tabbed', tabs),
  ...under('card linkcard feature featurecard', card),
  ...under('quote blockquote epigraph pullquote citation', quote),
  ...under('rawhtml html raw unsafe', rawHtml),
  ...under('comment', () => NOTHING),
  ...under('style css css.inline math.inline script js', style),
  ...under(
    'comments toc tableofcontents children spacer clear clearfix pagebreak newpage more linkdown',
    unlessItHolds,
  ),
  ltr: aligned({ dir: 'ltr' }),
  rtl: aligned({ dir: 'rtl' }),
};

export const hexoBoxTags: TagHandlers = {
  ...under('blockquote quote', hexoQuote),
  ...under('pullquote cq centerquote', plainQuote),
  ...under('grouppicture gp', frame),
  ...under('subtabs subsubtabs', tabs),
  ...under('hidetoggle hideblock folding fold', (tag, context) =>
    inside(tag) ? folded(tag, context) : undefined,
  ),
  raw: literally,
  verbatim: literally,
};

export const directiveBoxTags: TagHandlers = {
  vpre: literally,
  raw: frame,
  ...under('left right center justify', frame),
};
