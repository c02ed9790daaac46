import { parseEmailAddress } from '../../domain/email-address.ts';
import { fieldsNamed, valueOf, type Message } from '../message/message.ts';
import { shorten } from '../shorten.ts';
import type { Finding, Rule } from '../rule.ts';

const REQUIRED =
  'From To Subject Date Message-ID MIME-Version Content-Type List-Id List-Unsubscribe List-Unsubscribe-Post'.split(
    ' ',
  );
/** Fields that trace and sign a message may come more than once (RFC 5322 §3.6). */
const REPEATABLE =
  /^(?:dkim-signature|received|comments|keywords|return-path|authentication-results|(?:resent|arc)-.*)$/;
const ADDRESSES = ['From', 'To', 'Reply-To', 'Sender'];
const ADDRESS = /<([^<>]*)>$/;
const MESSAGE_ID = /^<[^\s<>@]+@[^\s<>@]+>$/;
const DATE =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d(?::\d\d)? [+-]\d{4}$/;

/** Each field that a list's mail needs stands in it once, and reads as what it is (RFC 5322 §3.6). */
export const headers: Rule = {
  name: 'headers',
  severity: 'error',
  check: (message) => [
    ...broken(message),
    ...REQUIRED.filter((name) => fieldsNamed(message, name).length === 0).map(missing),
    ...repeated(message).map(twice),
    ...badAddresses(message),
    ...badValue(message, 'Message-ID', MESSAGE_ID, 'an id such as <garden-1@example.com>'),
    ...badValue(message, 'Date', DATE, 'a date such as Mon, 23 Nov 2026 08:00:00 +0000'),
    ...badValue(message, 'MIME-Version', /^1\.0$/, '1.0'),
  ],
};

const REPORT = 'Please report this: Partwork writes these fields itself.';

const broken = ({ fields }: Message): Finding[] =>
  fields
    .filter(({ key }) => key === '')
    .map(({ value }) => ({
      message: `"${shorten(value)}" in the head of the mail is no field.`,
      fix: REPORT,
      at: 'series',
    }));

const missing = (name: string): Finding => ({
  message: `The mail has no ${name} field.`,
  fix: REPORT,
  at: 'series',
});

function repeated({ fields }: Message): string[] {
  const names = fields.filter(({ key }) => key !== '' && !REPEATABLE.test(key)).map(({ key }) => key);
  const again = new Set(names.filter((key, index) => names.indexOf(key) !== index));
  return [...again].map((key) => fields.find((field) => field.key === key)?.name ?? key);
}

const twice = (name: string): Finding => ({
  message: `The mail has more than one ${name} field.`,
  fix: REPORT,
  at: 'series',
});

const badAddresses = (message: Message): Finding[] =>
  ADDRESSES.flatMap((name) => fieldsNamed(message, name))
    .filter(({ value }) => parseEmailAddress(ADDRESS.exec(value)?.[1] ?? value) === undefined)
    .map(({ name, value }) => ({
      message: `${name} is "${shorten(value)}", which has no address that mail can go to.`,
      fix:
        name === 'Reply-To'
          ? 'Correct `reply_to` of the series.'
          : 'Correct `from` of the series, or PARTWORK_FROM.',
      at: 'series',
    }));

function badValue(message: Message, name: string, shape: RegExp, wanted: string): Finding[] {
  const value = valueOf(message, name);
  if (value === '' || shape.test(value)) return [];
  return [{ message: `${name} is "${shorten(value)}", not ${wanted}.`, fix: REPORT, at: 'series' }];
}
