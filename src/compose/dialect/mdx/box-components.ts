import type { BlockContent, RootContent } from 'mdast';
import { callout, calloutKindOf } from '../callout.ts';
import { htmlElement } from '../html-element.ts';
import { blocks, link, NOTHING, paragraph, strong, text } from '../markdown-nodes.ts';
import type { TagHandler, TagHandlers, TemplateTag } from '../template-tag.ts';

const innerOf = (tag: TemplateTag): RootContent[] => tag.inner?.blocks() ?? [];

/** The first of the attributes that says something. */
const given = ({ named }: TemplateTag, ...keys: string[]): string | undefined =>
  keys.map((key) => named[key]).find((value) => value !== undefined && value !== '');

/** Only what is inside. */
const frame: TagHandler = (tag) => blocks(innerOf(tag));

const nothing: TagHandler = () => NOTHING;

/** What a mail has no use for; words inside are the writer's all the same. */
const unlessItHolds: TagHandler = (tag) => {
  const inner = innerOf(tag);
  return inner.length === 0 ? NOTHING : blocks(inner);
};

const notice: TagHandler = (tag, { words }) => {
  const said = given(tag, 'type', 'variant', 'kind', 'intent', 'severity', 'status', 'color');
  const kind = calloutKindOf(said ?? '') ?? calloutKindOf(tag.name) ?? 'note';
  const title = given(tag, 'title', 'heading', 'label');
  const sentence = given(tag, 'text', 'message', 'description', 'content');
  const inner = [...(sentence === undefined ? [] : [paragraph([text(sentence)])]), ...innerOf(tag)];
  if (inner.length === 0 && title === undefined) return undefined;
  return blocks([callout(kind, title === undefined ? undefined : [text(title)], inner, words)]);
};

/** One of several things side by side, which in a mail stand one below the other, each under its name. */
const titled: TagHandler = (tag) => {
  const title = given(tag, 'label', 'title', 'header', 'name', 'value', 'tab');
  return blocks([...(title === undefined ? [] : [inBold(title)]), ...innerOf(tag)]);
};

const inBold = (value: string): RootContent => paragraph([strong([text(value)])]);

const card: TagHandler = (tag) => {
  const inner = innerOf(tag);
  const url = given(tag, 'href', 'to', 'url', 'link');
  const title = given(tag, 'title', 'label', 'name') ?? (inner.length === 0 ? url : undefined);
  const description = given(tag, 'description', 'text', 'subtitle');
  const name = title === undefined ? [] : [url === undefined ? inBold(title) : linkInBold(url, title)];
  const nodes = [...name, ...(description === undefined ? [] : [paragraph([text(description)])]), ...inner];
  return nodes.length === 0 ? undefined : blocks(nodes);
};

const linkInBold = (url: string, title: string): RootContent =>
  paragraph([strong([link(url, [text(title)])])]);

const folded: TagHandler = (tag) => {
  const summary = given(tag, 'summary', 'title', 'label', 'header', 'heading', 'question', 'name');
  const head = summary === undefined ? [] : [htmlElement('summary', {}, [text(summary)])];
  return blocks([htmlElement('details', {}, [...head, ...innerOf(tag)])]);
};

const quote: TagHandler = (tag) => {
  const from = given(tag, 'author', 'cite', 'by', 'source', 'from');
  const children = [...innerOf(tag), ...(from === undefined ? [] : [paragraph([text(`— ${from}`)])])];
  return blocks([{ type: 'blockquote', children: children as BlockContent[] }]);
};

const all = (names: string, handler: TagHandler): TagHandlers =>
  Object.fromEntries(names.split(' ').map((name) => [name, handler]));

const NOTICES =
  'admonition alert aside attention callout caution danger error hint important info note success tip todo warn warning';
const FRAMES =
  'accordiongroup accordions bleed box cardgrid cardgroup cards center codegroup codetabs column columns container ' +
  'content filetree fragment fullwidth grid linkcards prose row section steps stack tablist tabs tabpanels wide wrapper';
const TITLED = 'tab tabitem tabpanel tabs.item step';
const FOLDED =
  'accordion accordionitem collapse collapsible detail details disclosure expand expandable faq fold spoiler toggle';
const FOR_A_PAGE = 'analytics head meta script seo';
const WITHOUT_WORDS = 'comments icon spacer style subscribe subscribeform toc tableofcontents tocinline';

/** Boxes, tabs and folds of documentation themes (Starlight, Docusaurus, Nextra, Mintlify), and what only a page needs. */
export const boxComponents: TagHandlers = {
  ...all(NOTICES, notice),
  ...all(FRAMES, frame),
  ...all(TITLED, titled),
  ...all(FOLDED, folded),
  ...all(FOR_A_PAGE, nothing),
  ...all(WITHOUT_WORDS, unlessItHolds),
  card,
  linkcard: card,
  quote,
  blockquote: quote,
  pullquote: quote,
};
