import { asText, inline, inlineCode, NOTHING } from '../markdown-nodes.ts';
import { WHOLE } from '../tags/read-liquid.ts';
import type { TagHandler } from '../template-tag.ts';
import { liquidValue } from './liquid-value.ts';
import { shownAsMarkdown } from './liquid-variables.ts';

/** `{{ … }}` of Liquid: literals, what the front matter says, and where the blog is. */
export const output: TagHandler = (tag, context) => {
  const { place, variables } = context;
  const expression = (tag.named[WHOLE] ?? '').trim();
  if (/^(?:toc|content\.toc|page\.toc)$/i.test(expression)) return NOTHING;
  const value = liquidValue(expression, place, variables?.values);
  if (value === undefined) return undefined;
  const [name = ''] = /^[\w-]+(?=\s*(?:\||$))/.exec(expression) ?? [];
  if (variables?.values.has(name) === true || /\|\s*markdownify\s*$/.test(expression))
    return shownAsMarkdown(value, tag, context);
  // `{{ '{% tag %}' }}` is a way to show a tag.
  return /\{[{%]/.test(value) ? inline([inlineCode(value)]) : asText(value);
};
