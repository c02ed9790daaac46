import type { PhrasingContent, RootContent } from 'mdast';
import { parseMarkdown } from '../../article/parse-markdown.ts';
import { asPhrasing } from '../as-blocks.ts';
import { text } from '../markdown-nodes.ts';
import type { TagHandler, TagHandlers, TemplateTag } from '../template-tag.ts';

/** The first of the named parameters that says something. */
export const named = (tag: TemplateTag, ...keys: string[]): string | undefined =>
  keys.map((key) => tag.named[key]?.trim()).find((value) => value !== undefined && value !== '');

/** The same, or else the parameter at a place, counted from 0. */
export function argument(tag: TemplateTag, place: number, ...keys: string[]): string | undefined {
  const given = named(tag, ...keys) ?? tag.positional[place]?.trim();
  return given === '' ? undefined : given;
}

export const innerBlocks = (tag: TemplateTag): RootContent[] => tag.inner?.blocks() ?? [];

/** What is inside, as a part of a line. */
export const innerLine = (tag: TemplateTag): PhrasingContent[] => asPhrasing(innerBlocks(tag));

/** What is inside as it was written, without the line breaks beside the two tags. */
export function innerText(tag: TemplateTag): string | undefined {
  const inside = tag.inner?.text.replace(/^[^\S\n]*\n/, '').trimEnd();
  return inside === undefined || inside.trim() === '' ? undefined : inside;
}

/** Words of a parameter, which may hold Markdown. */
export const inMarkdown = (words: string): PhrasingContent[] =>
  /[*_`[\]<&~\\]/.test(words) ? asPhrasing(parseMarkdown(words).children) : [text(words)];

/** One handler under many names. */
export const under = (names: string, handler: TagHandler): TagHandlers =>
  Object.fromEntries(names.split(' ').map((name) => [name, handler]));
