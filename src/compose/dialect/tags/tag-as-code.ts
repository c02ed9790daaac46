import type { RootContent } from 'mdast';
import type { Issue } from '../../../domain/issue.ts';
import { inlineCode } from '../markdown-nodes.ts';
import type { TemplateTag } from '../template-tag.ts';
import { liquidGenerator } from './generator-of.ts';
import type { HeldTag } from './hold-tags.ts';

/** Whether a tag that is not understood belongs to a language that the generator of the post does not run, so that its readers see it. */
export const isReadAsWords = ({ syntax }: Pick<TemplateTag, 'syntax'>, issue: Issue): boolean =>
  (syntax === 'liquid' || syntax === 'output') && liquidGenerator(issue) === undefined;

/** `{{#if x}}`, `{{/if}}`, `{{>part}}`, `{{}}`, `{% %}`: no generator of those we read has it, so a writer can only mean the words. */
export const isOfNoGenerator = (source: string): boolean =>
  /^\{\{-?\s*(?:[#/>^!&]|-?\}\})|^\{%-?\s*(?:#|-?%\})/.test(source);

/** The tag, and its closing tag, as code, with what it holds between them. */
export function tagAsCode({ span, lines }: HeldTag, { source, inner }: TemplateTag): RootContent[] {
  if (inner === undefined || span.inner === undefined) return [shown(source)];
  const closing = lines.join('\n').slice(span.inner.end - span.end);
  return [shown(source), ...inner.blocks(), shown(closing)];
}

const shown = (source: string): RootContent => inlineCode(source.replace(/\s*\n\s*/g, ' ').trim());
