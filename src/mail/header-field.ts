import type { Mailbox } from '../domain/mailbox.ts';
import { encodedWords } from './encoded-words.ts';

const LONGEST_LINE = 76;
const LONGEST_PLAIN_WORD = 60;
const ATOMS = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]*$/;
const MESSAGE_ID = /^<[!-;=?A-~]{1,400}@[!-;=?A-~]{1,400}>$/;
// Runs of spaces do not survive folding, and a text that looks like an encoded word would be decoded.
const PLAIN = /^(?!.*=\?)[!-~]+(?: [!-~]+)*$/;

let lastDate = { second: 0, field: dateFieldOf(0) };

/** `Subject: Frost`, without the line end; folded, and encoded where it is not plain ASCII (RFC 5322 §2.2.3, RFC 2047). */
export const textField = (name: string, text: string): string => fold(`${name}:`, textWords(name, text));

/** `From: "Ivy G." <ivy@example.com>`, without the line end. */
export function mailboxField(name: string, { name: person, address }: Mailbox): string {
  if (person === '') return `${name}: ${address}`;
  return fold(`${name}:`, [...phraseWords(name, person), `<${address}>`]);
}

/** `List-Id: Garden letters <garden.example.com>` (RFC 2919). */
export const listIdField = (title: string, id: string): string =>
  fold('List-Id:', [...(title === '' ? [] : phraseWords('List-Id', title)), `<${id}>`]);

/** `List-Unsubscribe: <https://…>`. Throws when the URL is not one that can stand there: we made it ourselves. */
export function urlField(name: string, url: string): string {
  if (!/^https?:\/\/[!-;=?-~]+$/.test(url)) {
    throw new Error(`${name} needs an absolute http(s) URL in ASCII, got ${JSON.stringify(url)}.`);
  }
  return `${name}: <${url}>`;
}

/** `Message-ID: <…@example.com>`. Throws when it is not one: we made it ourselves. */
export function messageIdField(messageId: string): string {
  if (!MESSAGE_ID.test(messageId)) throw new Error(`Not a Message-ID: ${JSON.stringify(messageId)}.`);
  return `Message-ID: ${messageId}`;
}

/** `Date: Mon, 23 Nov 2026 08:00:00 +0000` (RFC 5322 §3.3). */
export function dateField(ms: number): string {
  // Mails that are made one after the other have mostly the same second.
  const second = Math.floor(ms / 1_000);
  if (second !== lastDate.second) lastDate = { second, field: dateFieldOf(second) };
  return lastDate.field;
}

function dateFieldOf(second: number): string {
  return `Date: ${new Date(second * 1_000).toUTCString().replace('GMT', '+0000')}`;
}

function textWords(field: string, text: string): string[] {
  return isPlain(text) ? text.split(' ') : encodedWords(text, field.length + 2);
}

function phraseWords(field: string, text: string): string[] {
  if (!isPlain(text)) return encodedWords(text, field.length + 2);
  return (ATOMS.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`).split(' ');
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && text.split(' ').every((word) => word.length <= LONGEST_PLAIN_WORD);
}

function fold(start: string, words: readonly string[]): string {
  const lines = [start];
  for (const [index, word] of words.entries()) {
    const line = lines.at(-1) ?? '';
    if (index === 0 || line.length + 1 + word.length <= LONGEST_LINE)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(` ${word}`);
  }
  return lines.join('\r\n');
}
