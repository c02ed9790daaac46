import type { Message } from '../message/message.ts';
import { codeInTitles } from '../code-in-titles.ts';
import { shorten } from '../shorten.ts';
import type { Finding, Rule } from '../rule.ts';

/** What a template language, an MJML tag, an attribute list, another mailer's merge tag or a slot of ours looks like. */
const SYNTAX = new RegExp(
  [
    String.raw`\{\{[^{}]*[^{}\s][^{}]*\}\}`,
    String.raw`\{\{[<%][^]*?[>%]\}\}`,
    String.raw`\{%[^]*?%\}`,
    String.raw`\{:\s*[.#][\w-][^{}]*\}`,
    String.raw`</?mj-[a-z]+[^>]*>`,
    String.raw`%(?:recipient|subscriber|unsubscribe)[\w.-]*%`,
    String.raw`\*\|[A-Z_:]+\|\*`,
    String.raw`slot[0-9a-f]{32}[A-Za-z]*`,
  ].join('|'),
  'g',
);
const SHOWN_ATTRIBUTES = ['href', 'src', 'alt', 'title'];

/** Nothing of a template language reaches a reader, except as code that a post is about. */
export const templateSyntax: Rule = {
  name: 'template-syntax',
  severity: 'error',
  check(message, context) {
    const code = codeInTitles(context).map(squeezed);
    const isLeft = (found: string): boolean => !code.some((piece) => piece.includes(squeezed(found)));
    const inBody = [
      ...inProse(message),
      ...inAttributes(message),
      ...mjmlElements(message),
      ...inText(message),
    ];
    return [
      ...syntaxIn(message.subject)
        .filter(isLeft)
        .map((found) => ({ ...finding(found), at: 'subject' as const })),
      ...[...new Set(inBody)].filter(isLeft).map(finding),
    ];
  },
};

const syntaxIn = (text: string): string[] => text.match(SYNTAX) ?? [];

/** Tags may lie between the two ends of a template tag, so prose is looked at as a whole. */
const inProse = ({ page }: Message): string[] =>
  syntaxIn(page.runs.map(({ text, isCode }) => (isCode ? ' ' : text)).join(''));

const inAttributes = ({ page }: Message): string[] =>
  page.elements.flatMap(({ attributes }) =>
    SHOWN_ATTRIBUTES.flatMap((name) => syntaxIn(attributes[name] ?? '')),
  );

const mjmlElements = ({ page }: Message): string[] =>
  page.elements.filter(({ name }) => name.startsWith('mj-')).map(({ name }) => `<${name}>`);

/** Plain text does not tell code from prose; the HTML does. */
function inText({ text, page }: Message): string[] {
  const code = page.runs.map(({ text, isCode }) => (isCode ? text : ' ')).join('');
  const isCode = (found: string): boolean => squeezed(code).includes(squeezed(found));
  return text
    .split('\n')
    .flatMap(syntaxIn)
    .filter((found) => !isCode(found));
}

const squeezed = (text: string): string => text.replace(/\s+/g, '');

const finding = (found: string): Finding => ({
  message: `Readers would see "${shorten(found)}", which belongs to a template language.`,
  fix: 'Write what it stands for, or put it between backticks if the post is about it.',
  seek: [found, found.split(/\s/, 2).join(' '), found.split(/\s/, 1)[0] ?? ''],
});
