import type { LintContext } from './lint-context.ts';

const CODE_SPAN = /(?<!`)(`+)(?!`)([^]*?[^`])\1(?!`)/g;

/** What the writer put between backticks where a mail can show only plain words: in titles, descriptions and the like. */
export function codeInTitles({ series, issue }: LintContext): string[] {
  const { title, subject, preheader, description, image, source } = issue;
  const lines = [title, subject, preheader, description, image?.alt ?? '', source?.name ?? ''];
  const around = [series.title, series.description, ...series.issues.map((other) => other.title)];
  return [...lines, ...around].flatMap((line) =>
    [...line.matchAll(CODE_SPAN)].map(([, , code = '']) => code),
  );
}
