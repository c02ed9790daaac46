import type { Message } from '../message/message.ts';
import type { Finding, Rule } from '../rule.ts';

/** Both parts show where the sender can be written to, which CAN-SPAM, CASL and others demand. */
export const postalAddress: Rule = {
  name: 'postal-address',
  severity: 'warning',
  check(message, { postalAddress, ownTemplates }) {
    const lines = postalAddress
      .split('\n')
      .map(squeezed)
      .filter((line) => line !== '');
    if (lines.length === 0) return [notSet];
    const html = message.page.runs.map(({ text, isHidden }) => (isHidden ? '' : text)).join('');
    return [
      ...(message.html === '' || hasAll(html, lines) ? [] : [notShown('HTML', ownTemplates.html)]),
      ...(message.text === '' || hasAll(message.text, lines) ? [] : [notShown('text', ownTemplates.text)]),
    ];
  },
};

const notSet: Finding = {
  message: 'No postal address is set, and the law of many countries asks for one in every newsletter.',
  fix: 'Set PARTWORK_POSTAL_ADDRESS.',
  at: 'settings',
};

function hasAll(part: Message['text'], lines: readonly string[]): boolean {
  const shown = squeezed(part);
  return lines.every((line) => shown.includes(line));
}

const squeezed = (text: string): string => text.replace(/[\s\u00ad\u200b\u2060]+/gu, '');

const notShown = (part: string, template: string | undefined): Finding => ({
  message: `The ${part} part of the mail does not show the postal address that is set.`,
  fix: `Show \`postalAddress\` in ${template ?? 'its template'}.`,
  at: 'template',
});
