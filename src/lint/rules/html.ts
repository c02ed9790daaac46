import type { LintContext } from '../lint-context.ts';
import type { Message } from '../message/message.ts';
import { elementsNamed } from '../page/page.ts';
import type { Finding, Rule } from '../rule.ts';

/** The doctype has a sentence of its own, and strange characters a rule. */
const TOLD_ELSEWHERE = /^(?:missing-doctype|[a-z]+(?:-[a-z]+)?-in-input-stream)/;
const REPORT = 'Correct the template; if it is ours, please report this.';
const RIGHT_TO_LEFT = /^(?:ar|dv|fa|he|iw|ks|ku-arab|ps|sd|ug|ur|yi)(?:-|$)/i;

/** The HTML is a whole document, says its language and direction, and parses without an error. */
export const html: Rule = {
  name: 'html',
  severity: 'error',
  check: (message, context) => [...mistakes(message), ...frame(message), ...language(message, context)],
};

const mistakes = ({ page }: Message): Finding[] =>
  page.mistakes
    .filter((mistake) => !TOLD_ELSEWHERE.test(mistake))
    .map((mistake) => ({
      message: `The HTML of the mail is broken: ${mistake}.`,
      fix: REPORT,
      at: 'template',
    }));

function frame({ page, html }: Message): Finding[] {
  if (html === '') return [];
  const charsets = elementsNamed(page, 'meta').flatMap(
    ({ attributes: { charset, content = '' } }) => charset ?? /charset=([^;\s]+)/i.exec(content)?.[1] ?? [],
  );
  const wrong = charsets.find((charset) => charset.toLowerCase() !== 'utf-8');
  return [
    ...(page.hasDoctype
      ? []
      : [warning('The HTML of the mail has no doctype, so mail programs lay it out as in the nineties.')]),
    ...(page.title === ''
      ? [warning('The HTML of the mail has no title, which screen readers say first.')]
      : []),
    ...(wrong === undefined
      ? []
      : [
          {
            ...warning(`The HTML says that it is in ${wrong}, but it is in UTF-8.`),
            severity: 'error' as const,
          },
        ]),
  ];
}

function language({ page, html }: Message, { series }: LintContext): Finding[] {
  if (html === '') return [];
  const { lang = '', dir = '' } = elementsNamed(page, 'html')[0]?.attributes ?? {};
  const wanted = RIGHT_TO_LEFT.test(series.language) ? 'rtl' : 'ltr';
  const shown = lang === '' ? 'has no lang' : `is marked as "${lang}"`;
  return [
    ...(lang.toLowerCase() === series.language.toLowerCase()
      ? []
      : [warning(`The mail ${shown}, but the series is in "${series.language}".`)]),
    ...((dir === '' ? 'ltr' : dir) === wanted
      ? []
      : [
          warning(`The mail is laid out "${dir || 'ltr'}", but "${series.language}" is written "${wanted}".`),
        ]),
  ];
}

const warning = (message: string): Finding => ({ severity: 'warning', message, fix: REPORT, at: 'template' });
