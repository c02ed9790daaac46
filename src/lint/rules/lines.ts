import type { Message } from '../message/message.ts';
import { shorten } from '../shorten.ts';
import type { Finding, Rule } from '../rule.ts';

/** Octets without the line end (RFC 5322 §2.1.1). */
const LONGEST_LINE = 998;
const LONGEST_WANTED = 78;

/** Lines are short enough, end in CRLF, and hold nothing but ASCII (RFC 5322 §2.1.1, RFC 5321 §4.5.3.1.6). */
export const lines: Rule = {
  name: 'lines',
  severity: 'error',
  check: (message) => [
    ...lineEnds(message),
    ...characters(message),
    ...tooLong(message),
    ...unfolded(message),
  ],
};

const REPORT = 'Please report this: Partwork breaks and encodes lines itself.';

function lineEnds({ raw }: Message): Finding[] {
  const line = lineOf(raw, /\r(?!\n)|(?<!\r)\n/);
  if (line === undefined) {
    if (raw.endsWith('\r\n')) return [];
    return [{ message: 'The last line of the mail does not end in CRLF.', fix: REPORT, at: 'series' }];
  }
  return [
    {
      message: `Line ${line} of the mail ends in a bare CR or LF; servers may see two mails in it.`,
      fix: REPORT,
      at: 'series',
    },
  ];
}

function characters({ raw }: Message): Finding[] {
  const line = lineOf(raw, /[^\x01-\x7f]/);
  if (line === undefined) return [];
  return [{ message: `Line ${line} of the mail has a byte that is not ASCII.`, fix: REPORT, at: 'series' }];
}

function tooLong({ raw }: Message): Finding[] {
  const index = raw.split(/\r\n|\r|\n/).findIndex(({ length }) => length > LONGEST_LINE);
  if (index < 0) return [];
  return [
    {
      message: `Line ${index + 1} of the mail has more than ${LONGEST_LINE} octets, and servers would break it.`,
      fix: REPORT,
      at: 'series',
    },
  ];
}

/** Longer than it should be, though it could have been folded, as one long word cannot. Encoded words have their own rule. */
const unfolded = ({ fields }: Message): Finding[] =>
  fields
    .filter(({ lines }) => lines.some(isUnfolded))
    .map(({ name, lines }) => ({
      severity: 'warning',
      message: `The field ${name} has a line of ${Math.max(...lines.map(({ length }) => length))} characters; ${LONGEST_WANTED} are good: "${shorten(lines.join(''), 40)}".`,
      fix: 'Please report this: Partwork folds headers itself.',
      at: 'series',
    }));

const isUnfolded = (line: string): boolean =>
  line.length > LONGEST_WANTED && !line.includes('=?') && /\S[ \t]+\S+[ \t]+\S/.test(line);

function lineOf(raw: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(raw);
  return found === null ? undefined : raw.slice(0, found.index).split(/\r\n|\r|\n/).length;
}
