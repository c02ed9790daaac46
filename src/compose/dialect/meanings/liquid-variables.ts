import { parseMarkdown } from '../../article/parse-markdown.ts';
import type { Place } from '../../article/link-target.ts';
import { blocks, inline, NOTHING } from '../markdown-nodes.ts';
import { shiftLines } from '../shift-lines.ts';
import { WHOLE } from '../tags/read-liquid.ts';
import type { TagContext, TagHandler, TagHandlers, TagMeaning, TemplateTag } from '../template-tag.ts';
import { inMarkdown } from './tag-arguments.ts';
import { liquidValue } from './liquid-value.ts';

/** What a post has given names to so far, and how much of it may still be shown: names can stand for names. */
export interface LiquidVariables {
  readonly values: Map<string, string>;
  room: number;
}

const LONGEST_VALUE = 20_000;

export const noVariables = (): LiquidVariables => ({ values: new Map(), room: 500_000 });

/** Liquid's `{% assign name = "words" %}` and Nunjucks' `set`; what we cannot know makes the name unknown. */
const assign: TagHandler = (tag, { place, variables }) => {
  const [, name, expression = ''] = /^([\w-]+)\s*=\s*([^]+)$/.exec(tag.named[WHOLE] ?? '') ?? [];
  if (name === undefined) return undefined;
  return keep(name, liquidValue(expression.trim(), place, variables?.values), variables);
};

/** `{% capture name %}…{% endcapture %}`, when what is inside is words and placeholders that we know. */
const capture: TagHandler = (tag, { place, variables }) => {
  const name = /^["']?([\w-]+)["']?$/.exec(tag.named[WHOLE] ?? '')?.[1];
  if (name === undefined || tag.inner === undefined) return undefined;
  return keep(name, filledIn(tag.inner.text, place, variables), variables);
};

function filledIn(written: string, place: Place, variables: LiquidVariables | undefined): string | undefined {
  const parts = written.split(/\{\{-?([^{}]*?)-?\}\}/);
  const known = parts.map((part, at) =>
    at % 2 === 0 ? part : liquidValue(part.trim(), place, variables?.values),
  );
  const isPlain = known.every((part, at) => part !== undefined && (at % 2 === 1 || !/\{[{%]/.test(part)));
  return isPlain ? known.join('') : undefined;
}

function keep(
  name: string,
  value: string | undefined,
  variables: LiquidVariables | undefined,
): TagMeaning | undefined {
  variables?.values.delete(name);
  if (variables === undefined || value === undefined || value.length > LONGEST_VALUE) return undefined;
  variables.values.set(name, value);
  return NOTHING;
}

/** The value of a name as Markdown, which Liquid puts into the post before Markdown is read; undefined when too much was shown already. */
export function shownAsMarkdown(
  value: string,
  tag: TemplateTag,
  { variables }: TagContext,
): TagMeaning | undefined {
  if (variables !== undefined) variables.room -= value.length;
  if (variables !== undefined && variables.room < 0) return undefined;
  const written = value.trim();
  if (!written.includes('\n')) return inline(inMarkdown(written));
  const tree = parseMarkdown(written);
  shiftLines(tree, tag.line - 1);
  return blocks(tree.children);
}

export const variableTags: TagHandlers = { assign, set: assign, capture };
