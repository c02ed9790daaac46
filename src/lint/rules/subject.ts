import { columnsOf } from '../columns-of.ts';
import { shorten } from '../shorten.ts';
import type { Finding, Rule } from '../rule.ts';

/** Mail lists on a desktop show about so much, phones half of it; a CJK character takes two. */
const WIDEST = 78;

/** The subject is the writer's, and can be read in a list of mails. */
export const subject: Rule = {
  name: 'subject',
  severity: 'error',
  check({ subject }, { subject: composed }) {
    if (subject.trim() === '') return [finding('The subject is empty.', 'Give the post a title.')];
    return [
      ...(normal(subject) === normal(composed) ? [] : [altered(subject, composed)]),
      ...tooWide(subject),
      ...spaced(subject),
      ...pretending(subject),
    ];
  },
};

const normal = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

const finding = (message: string, fix: string): Finding => ({ message, fix, at: 'subject' });

const warning = (message: string, fix: string): Finding => ({
  ...finding(message, fix),
  severity: 'warning',
});

const altered = (found: string, wanted: string): Finding =>
  finding(
    `The subject of the mail reads "${shorten(found)}", not "${shorten(wanted)}".`,
    'Please report this: Partwork encodes headers itself.',
  );

function tooWide(subject: string): Finding[] {
  const columns = columnsOf(subject);
  if (columns <= WIDEST) return [];
  const message = `The subject is ${columns} columns wide; mail programs show at most about ${WIDEST}, phones half of it.`;
  return [warning(message, 'Give the post a shorter `newsletter.subject`, with what matters first.')];
}

const spaced = (subject: string): Finding[] =>
  /^\s|\s$|\s{2}/.test(subject)
    ? [warning('The subject has spaces at its edges, or two in a row.', 'Take them out.')]
    : [];

/** CAN-SPAM calls it deceptive, and filters know it. */
const pretending = (subject: string): Finding[] =>
  /^(?:re|fwd?|回覆|轉寄|回复|转发)\s*[:：]/i.test(subject)
    ? [warning('The subject looks like that of an answer or a forwarded mail.', 'Begin it with other words.')]
    : [];
