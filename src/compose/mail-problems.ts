import type { Issue } from '../domain/issue.ts';
import type { Problem } from '../domain/problem.ts';
import type { Slotted } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';
import type { ArticleCut } from './clip/fit-article.ts';
import { LARGE_HTML, mailedBytes } from './clip/mail-size.ts';
import type { MailParts } from './render-parts.ts';

const KILOBYTE = 1_000;

/** What is wrong with an issue as a mail. */
export function mailProblems(series: Series, issue: Issue, parts: MailParts): Problem[] {
  const size = parts.cut === undefined ? tooLarge(issue, parts) : [wasCut(issue, parts.cut)];
  return [...withoutUnsubscribing(series, parts), ...size];
}

function withoutUnsubscribing(series: Series, { html, text }: MailParts): Problem[] {
  const parts = [...(hasSlot(html) ? [] : ['mjml']), ...(hasSlot(text) ? [] : ['text'])];
  return parts.map((part) => ({
    severity: 'error',
    file: series.file,
    rule: 'no-unsubscribe',
    message: `The template ${series.template}.${part}.liquid has no link to unsubscribe, which every issue must have.`,
    fix: 'Put {{ slots.unsubscribeUrl }} into it.',
  }));
}

const hasSlot = (slotted: Slotted): boolean =>
  slotted.some((part, index) => index % 2 === 1 && part === 'unsubscribeUrl');

function tooLarge(issue: Issue, { html }: Pick<MailParts, 'html'>): Problem[] {
  const bytes = mailedBytes(html);
  if (bytes < LARGE_HTML) return [];
  return [
    {
      severity: 'warning',
      file: issue.file,
      rule: 'clip',
      message: `The HTML of this issue is ${kilobytes(bytes)} kB; mail clients hide what comes after 102 kB.`,
      fix: 'Split the post into two issues, or make it shorter.',
    },
  ];
}

function wasCut(issue: Issue, { share, wholeBytes, line }: ArticleCut): Problem {
  const size = wholeBytes === undefined ? 'much more than that' : `${kilobytes(wholeBytes)} kB`;
  return {
    severity: 'warning',
    file: issue.file,
    ...(line === undefined ? {} : { line: issue.bodyLine + line - 1 }),
    rule: 'clip',
    message: `Mail clients hide what comes after 102 kB of HTML, and this issue has ${size}. The first ${Math.floor(share * 100)} % fit; here the mail ends, with a link to the rest on the web.`,
    fix: 'Split the post into two issues, or leave it if readers may go on reading on the web.',
  };
}

const kilobytes = (bytes: number): number => Math.round(bytes / KILOBYTE);
