import type { ReportInBody } from '../article/report-in-body.ts';
import { whereIs, type TemplateTag } from './template-tag.ts';

/** What a mail has where a tag stood that nobody here understands. */
export type Instead = 'link' | 'inner' | 'words' | 'code' | 'nothing';

const KINDS: Readonly<Record<TemplateTag['syntax'], string>> = {
  shortcode: 'The shortcode',
  liquid: 'The tag',
  output: 'The placeholder',
  directive: 'The directive',
  component: 'The component',
};

const INSTEAD: Readonly<Record<Instead, string>> = {
  link: 'a link to the web version stands in its place',
  inner: 'only what it holds was kept',
  words: 'only the words of the link were kept',
  code: 'it is shown as code',
  nothing: 'it was left out',
};

const LONGEST_SHOWN = 80;

/** Tells that a tag means nothing to us, and what became of it. */
export const reportNotUnderstood = (
  tag: Pick<TemplateTag, 'syntax' | 'source' | 'line'>,
  instead: Instead,
  report: ReportInBody,
): void =>
  report(whereIs(tag), {
    rule: 'template-syntax',
    message: `${KINDS[tag.syntax]} ${shown(tag.source)} is not understood, so ${INSTEAD[instead]}.`,
    fix: 'Write in Markdown what it shows, or put it between backticks if it is meant to be read.',
  });

function shown(source: string): string {
  const line = source.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
}
