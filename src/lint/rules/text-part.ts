import { valueOf, type Message } from '../message/message.ts';
import { parameterOf, type RawPart } from '../message/raw-parts.ts';
import { shorten } from '../shorten.ts';
import type { Finding, Rule } from '../rule.ts';

const KINDS = ['text/plain', 'text/html'] as const;
const REPORT = 'Please report this: Partwork puts the parts together itself.';

/** A message is its text, then the same as HTML, each in an encoding that every mail program reads (RFC 2046 §5.1.4). */
export const textPart: Rule = {
  name: 'text-part',
  severity: 'error',
  check: (message) => [...shape(message), ...message.parts.flatMap(encoding), ...empty(message)],
};

function shape(message: Message): Finding[] {
  const type = valueOf(message, 'Content-Type');
  if (!/^multipart\/alternative\s*(?:;|$)/i.test(type)) {
    return type === '' ? [] : [finding(`The mail is ${shorten(kindOf(type))}, not multipart/alternative.`)];
  }
  const kinds = message.parts.map((part) => kindOf(valueOf(part, 'Content-Type')));
  if (kinds.join() === KINDS.join()) return [];
  return [
    finding(`The parts of the mail are ${kinds.join(', ') || 'none'}; they should be ${KINDS.join(', ')}.`),
  ];
}

const kindOf = (type: string): string => (type.split(';', 1)[0] ?? '').trim().toLowerCase();

function encoding(part: RawPart): Finding[] {
  const type = valueOf(part, 'Content-Type');
  const charset = parameterOf(type, 'charset').toLowerCase();
  const transfer = valueOf(part, 'Content-Transfer-Encoding').toLowerCase() || '7bit';
  return [
    ...(['utf-8', 'us-ascii'].includes(charset)
      ? []
      : [finding(`The ${kindOf(type)} part is in ${charset === '' ? 'no charset' : charset}, not utf-8.`)]),
    ...(['base64', 'quoted-printable', '7bit'].includes(transfer)
      ? []
      : [finding(`The ${kindOf(type)} part is sent as ${shorten(transfer)}, not base64.`)]),
  ];
}

function empty({ text, parts }: Message): Finding[] {
  const isThere = parts.some((part) => kindOf(valueOf(part, 'Content-Type')) === 'text/plain');
  if (!isThere || /[\p{L}\p{N}]/u.test(text)) return [];
  return [
    {
      message: 'The text part of the mail is empty.',
      fix: 'Put {{ article }} into its text template.',
      at: 'template',
    },
  ];
}

const finding = (message: string): Finding => ({ message, fix: REPORT, at: 'series' });
