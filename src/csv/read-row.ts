import { parseEmailAddress, type EmailAddress } from '../domain/email-address.ts';
import type { Instant } from '../domain/instant.ts';
import { unescapeFormula } from './formula-prefix.ts';
import { parseConsentTime } from './parse-consent-time.ts';
import { standingAgainst } from './standing.ts';
import type { ColumnMeaning, SubscriberColumns } from './subscriber-columns.ts';

/** A person a file names. */
export interface SubscriberRow {
  readonly address: EmailAddress;
  /** '' when the file does not say. */
  readonly name: string;
  /** When the person agreed to be mailed, where the file says so. */
  readonly consentedAt?: Instant;
  /** The issue to go on with, its id or its number. */
  readonly next?: string;
}

export type RowReading =
  | { readonly kind: 'row'; readonly row: SubscriberRow }
  | { readonly kind: 'skipped' | 'invalid'; readonly reason: string };

const LONGEST_NAME = 200;
const UNDECODED = '\uFFFD';
const DATE_EXAMPLE = 'Write it as 2024-01-31 or 2024-01-31T08:00:00Z.';

/** One record of a subscriber file → the person, or one sentence on why not. */
export function readRow(columns: SubscriberColumns, fields: readonly string[]): RowReading {
  const surplus = fields.slice(columns.names.length).some((field) => field !== '');
  if (surplus) return invalid(tooManyFields(fields.length, columns.names.length));
  const valueOf = (meaning: ColumnMeaning): string => firstFilled(columns.of[meaning], fields);

  const typed = valueOf('email');
  if (typed === '') return invalid('The line has no address.');
  const address = parseEmailAddress(typed);
  if (address === undefined) return invalid(`"${typed.slice(0, 100)}" is not an address that can be mailed.`);
  return standingAgainst(columns, fields) ?? readPerson(address, valueOf);
}

function readPerson(address: EmailAddress, valueOf: (meaning: ColumnMeaning) => string): RowReading {
  const name = valueOf('name') || joinName(valueOf('firstName'), valueOf('lastName'));
  const nameTrouble = troubleWithName(name);
  if (nameTrouble !== undefined) return invalid(`The name of ${address} ${nameTrouble}`);

  const since = valueOf('consentedAt');
  const consentedAt = parseConsentTime(since);
  if (since !== '' && consentedAt === undefined) return invalid(`"${since}" is not a date. ${DATE_EXAMPLE}`);
  const next = valueOf('next');
  const row = {
    address,
    name,
    ...(consentedAt === undefined ? {} : { consentedAt }),
    ...(next === '' ? {} : { next }),
  };
  return { kind: 'row', row };
}

const tooManyFields = (found: number, expected: number): string =>
  `The line has ${found} fields, the header has ${expected}. Put quotes around a value with a separator in it.`;

function troubleWithName(name: string): string | undefined {
  if (name.length > LONGEST_NAME) return `has more than ${LONGEST_NAME} characters.`;
  return name.includes(UNDECODED) ? 'is not UTF-8 text. Save the file as "CSV UTF-8".' : undefined;
}

const invalid = (reason: string): RowReading => ({ kind: 'invalid', reason });

function firstFilled(indexes: readonly number[], fields: readonly string[]): string {
  for (const index of indexes) {
    const field = tidy(unescapeFormula(fields[index] ?? ''));
    if (field !== '') return field;
  }
  return '';
}

const UNTIDY = /[^\S ]|\p{Cc}|^ | $| {2}/u;

/** On one line, without control characters. */
const tidy = (text: string): string =>
  UNTIDY.test(text) ? text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim() : text;

/** Chinese, Japanese and Korean names stand family name first, without a space. */
function joinName(first: string, last: string): string {
  const isCjk = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]+$/u.test(
    first + last,
  );
  return isCjk ? last + first : `${first} ${last}`.trim();
}
