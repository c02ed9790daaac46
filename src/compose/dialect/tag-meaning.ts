import { boxTags, directiveBoxTags, hexoBoxTags } from './meanings/box-tags.ts';
import { calloutTags } from './meanings/callout-tags.ts';
import { codeTags, hexoCodeTags } from './meanings/code-tags.ts';
import { hexoImageTags, imageTags } from './meanings/image-tags.ts';
import { include } from './meanings/include-tag.ts';
import { liquidLinkTags, referenceTags } from './meanings/link-to-issue.ts';
import { variableTags } from './meanings/liquid-variables.ts';
import { output } from './meanings/output-tags.ts';
import { playerTags } from './meanings/player-tags.ts';
import { hexoTextTags, textTags } from './meanings/text-tags.ts';
import { componentHandler } from './mdx/component-handlers.ts';
import type { TagContext, TagHandler, TagHandlers, TagMeaning, TemplateTag } from './template-tag.ts';

const COMMON: TagHandlers = {
  ...boxTags,
  ...calloutTags,
  ...codeTags,
  ...imageTags,
  ...playerTags,
  ...textTags,
};

const LIQUID: TagHandlers = {
  ...COMMON,
  ...hexoBoxTags,
  ...hexoCodeTags,
  ...hexoImageTags,
  ...hexoTextTags,
  ...liquidLinkTags,
  ...variableTags,
  include: include(COMMON, simpleName),
};

const HANDLERS: Readonly<Record<'shortcode' | 'liquid' | 'directive', TagHandlers>> = {
  shortcode: { ...COMMON, ...referenceTags },
  liquid: { ...LIQUID, includecached: LIQUID['include'] as TagHandler },
  directive: { ...COMMON, ...directiveBoxTags },
};

/** What a tag comes to in a mail; undefined when it is not understood. */
export const meaningOf = (tag: TemplateTag, context: TagContext): TagMeaning | undefined =>
  handlerOf(tag)?.(tag, context);

function handlerOf({ syntax, name }: TemplateTag): TagHandler | undefined {
  if (syntax === 'component') return componentHandler(name);
  if (syntax === 'output') return output;
  const handlers = HANDLERS[syntax];
  const simple = simpleName(name);
  return Object.hasOwn(handlers, simple) ? handlers[simple] : undefined;
}

/** Sites keep their own in folders (`{{< media/figure >}}`), and themes differ in hyphens. */
function simpleName(name: string): string {
  return name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/\.html?$/, '')
    .replace(/[-_]/g, '')
    .toLowerCase();
}
