import type { Issue } from '../domain/issue.ts';
import type { Problem } from '../domain/problem.ts';
import type { RenderedIssue, Slotted } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';

const KILOBYTE = 1_000;
/** Gmail hides what comes after 102 kB of decoded HTML; slots and a mail gateway's additions need some of that. */
const LARGEST_HTML = 90 * KILOBYTE;

/** What is wrong with an issue as a mail. */
export function mailProblems(
  series: Series,
  issue: Issue,
  mail: Pick<RenderedIssue, 'html' | 'text'>,
): Problem[] {
  return [...withoutUnsubscribing(series, mail), ...tooLarge(issue, mail)];
}

function withoutUnsubscribing(
  series: Series,
  { html, text }: Pick<RenderedIssue, 'html' | 'text'>,
): Problem[] {
  const parts = [...(hasSlot(html) ? [] : ['mjml']), ...(hasSlot(text) ? [] : ['text'])];
  return parts.map((part) => ({
    severity: 'error',
    file: series.file,
    message: `The template ${series.template}.${part}.liquid has no link to unsubscribe, which every issue must have.`,
    fix: 'Put {{ slots.unsubscribeUrl }} into it.',
  }));
}

const hasSlot = (slotted: Slotted): boolean =>
  slotted.some((part, index) => index % 2 === 1 && part === 'unsubscribeUrl');

function tooLarge(issue: Issue, { html }: Pick<RenderedIssue, 'html'>): Problem[] {
  const bytes = Buffer.byteLength(html.join(''));
  if (bytes < LARGEST_HTML) return [];
  return [
    {
      severity: 'warning',
      file: issue.file,
      message: `The HTML of this issue is ${Math.round(bytes / KILOBYTE)} kB; mail clients clip at 102 kB.`,
      fix: 'Split the post into two issues.',
    },
  ];
}
