import { paragraph, blocks } from '../markdown-nodes.ts';
import { callout, calloutKindOf, type CalloutKind } from '../callout.ts';
import type { TagHandler, TagHandlers, TemplateTag } from '../template-tag.ts';
import { inMarkdown, innerBlocks, named, under } from './tag-arguments.ts';

/** What Bootstrap and themes call the looks of a box. */
const LOOKS: Readonly<Record<string, CalloutKind>> = {
  primary: 'note',
  secondary: 'note',
  default: 'note',
  blue: 'note',
  quote: 'note',
  light: 'note',
  dark: 'note',
  green: 'tip',
  purple: 'important',
  yellow: 'warning',
  orange: 'warning',
  red: 'caution',
};

/** Words beside the kind that only say how a box is to look. */
const ONLY_LOOKS =
  /^(?:no-?icon|simple|modern|flat|disabled|open|closed|expand|true|false|fa[srlb]?|fa-[\w-]+|icon-[\w-]+)$/i;

const kindIn = (word: string | undefined): CalloutKind | undefined =>
  word === undefined
    ? undefined
    : (calloutKindOf(word) ??
      (Object.hasOwn(LOOKS, word.toLowerCase()) ? LOOKS[word.toLowerCase()] : undefined));

/** A box whose kind is one of the parameters: `{{< notice tip "Title" >}}`, `{% note info %}`, `{{% alert color="warning" %}}`. */
const boxOfAnyKind: TagHandler = (tag, context) => {
  const said = named(
    tag,
    'type',
    'kind',
    'style',
    'variant',
    'color',
    'context',
    'class',
    'level',
    'severity',
    'status',
  );
  const fromParameter = kindIn(said) ?? kindIn(tag.positional[0]);
  const rest = kindIn(tag.positional[0]) === undefined ? tag.positional : tag.positional.slice(1);
  // Under `alert` Blowfish and Congo give the name of an icon.
  const isIcon = /^(?:alert|callout)$/i.test(tag.name) && /^[a-z][a-z0-9-]*$/.test(rest[0] ?? '');
  return box(tag, fromParameter ?? kindIn(tag.name) ?? 'note', isIcon ? rest.slice(1) : rest, context);
};

/** A box whose kind is the name of the tag: `{{< tip "Title" >}}`, `:::warning[Title]`. */
const boxOfItsName: TagHandler = (tag, context) => {
  const kind = kindIn(tag.name) ?? 'note';
  const isKind = tag.syntax === 'liquid' && kindIn(tag.positional[0]) !== undefined;
  return isKind ? boxOfAnyKind(tag, context) : box(tag, kind, tag.positional, context);
};

function box(
  tag: TemplateTag,
  kind: CalloutKind,
  positional: readonly string[],
  { words }: Parameters<TagHandler>[1],
): ReturnType<TagHandler> {
  const given = positional.filter((word) => !ONLY_LOOKS.test(word));
  // Liquid has no quotes around a title of many words.
  const titles = tag.syntax === 'liquid' ? given : given.slice(0, 1);
  const isAlone = tag.inner === undefined;
  const sentence = named(tag, 'content', 'text', 'body', 'message') ?? (isAlone ? given.join(' ') : '');
  const title = named(tag, 'title', 'header', 'heading', 'label') ?? (isAlone ? '' : titles.join(' '));
  const nodes = [...(sentence === '' ? [] : [paragraph(inMarkdown(sentence))]), ...innerBlocks(tag)];
  if (nodes.length === 0 && isAlone) return undefined;
  return blocks([callout(kind, title === '' ? [] : inMarkdown(title), nodes, words)]);
}

const OF_ITS_NAME =
  'note tip info information important warning caution danger attention hint error bug example question success failure todo seealso ' +
  'abstract summary tldr infobox faq announcement';
const OF_ANY_KIND =
  'notice callout alert admonition aside box message msg panel infopanel notification noticebox bubble admon pageinfo';

export const calloutTags: TagHandlers = {
  ...under(OF_ITS_NAME, boxOfItsName),
  ...under(OF_ANY_KIND, boxOfAnyKind),
  // Hugo Book has a hint of any kind, and other themes a hint that is one.
  hint: boxOfAnyKind,
};
