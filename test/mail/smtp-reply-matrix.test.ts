import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { judge } from '../../src/domain/smtp-outcome.ts';
import { parseSmtpUrl } from '../../src/mail/parse-smtp-url.ts';
import { openSmtpTransport, type SmtpTransport } from '../../src/mail/smtp-transport.ts';
import { wireBytes } from '../../src/mail/wire-bytes.ts';
import { startSmtp, type ScriptedSmtp, type SmtpMoment } from '../support/smtp-server.ts';

const CODES = [421, 450, 451, 452, 454, 550, 552, 553, 554] as const;
const STAGES = ['greeting', 'hello', 'auth', 'mail', 'rcpt', 'data', 'body'] as const;
type Code = (typeof CODES)[number];
type Stage = (typeof STAGES)[number];

const unav = { kind: 'unavailable' };
const later = { kind: 'deferred' };
const dead = { kind: 'rejected', suppress: true };
const never = { kind: 'rejected', suppress: false };
const series = { kind: 'senderFault', scope: 'series' };
const relay = { kind: 'senderFault', scope: 'transport' };
const sent = { kind: 'accepted' };

/** What a bare code means where it comes; with or without pipelining, on a fresh or a reused connection. */
// prettier-ignore
const OUTCOMES: Readonly<Record<Stage, readonly object[]>> = {
  //         421    450    451    452    454    550     552     553     554
  greeting: [unav,  unav,  unav,  unav,  unav,  unav,   unav,   unav,   unav  ],
  hello:    [unav,  unav,  unav,  unav,  unav,  unav,   unav,   unav,   unav  ],
  auth:     [unav,  unav,  unav,  unav,  unav,  relay,  relay,  relay,  relay ],
  mail:     [unav,  unav,  unav,  unav,  unav,  series, series, series, series],
  rcpt:     [unav,  later, later, later, later, dead,   never,  dead,   never ],
  data:     [unav,  later, later, later, later, series, series, series, series],
  body:     [later, later, later, later, later, series, series, series, series],
};

/** Greeting, EHLO and AUTH come once a connection: after a reused one they are the next connection's. */
const OF_A_CONNECTION: readonly Stage[] = ['greeting', 'hello', 'auth'];

interface Cell {
  readonly name: string;
  readonly code: Code;
  readonly at: Stage;
  readonly isPipelined: boolean;
  readonly isReused: boolean;
  readonly outcome: object;
}

const CELLS: readonly Cell[] = STAGES.flatMap((at) =>
  CODES.flatMap((code, index) =>
    [true, false].flatMap((isPipelined) =>
      [false, true].map((isReused) => {
        const name = `${code} at ${at}, ${isPipelined ? 'pipelined' : 'one by one'}, ${isReused ? 'reused' : 'fresh'}`;
        // Nothing of this mail was said yet, and servers let idle connections go: a fresh one is tried at once.
        const isResent = at === 'mail' && code === 421 && isReused;
        return { name, code, at, isPipelined, isReused, outcome: isResent ? sent : OUTCOMES[at][index]! };
      }),
    ),
  ),
);

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

test('there are 252 cells', () => {
  expect(new Set(CELLS.map(({ name }) => name)).size).toBe(252);
});

describe('a refusal before any mail', () => {
  test.each(CELLS.filter(({ at }) => OF_A_CONNECTION.includes(at)))('$name', async (cell) => {
    const first = cell.isReused ? 2 : 1;
    const { smtp, transport } = await open(
      cell,
      ({ at, connection }) => at === cell.at && connection === first,
    );
    if (cell.isReused) {
      // The second mail meets none of the three, and is the last one this connection may take.
      expect(await outcomeOf(transport, 'before')).toEqual(sent);
      expect(await outcomeOf(transport, 'reused')).toEqual(sent);
      expect(smtp.connections).toBe(1);
    }

    expect(await outcomeOf(transport, 'ash')).toEqual(cell.outcome);
    expect(bodiesFor(smtp, 'ash')).toEqual([]);
    expect(verbs(smtp, first)).toEqual(saidUntil(cell.at, cell.code));
    expect(smtp.connections).toBe(first);

    while (transport.pausedForMs > 0) await sleep(1);
    expect(await outcomeOf(transport, 'next')).toEqual(sent);
    expect(smtp.connections).toBe(first + 1);
    expect(bodiesFor(smtp, 'next')).toEqual([true]);
  });
});

describe('a refusal of a mail', () => {
  test.each(CELLS.filter(({ at }) => !OF_A_CONNECTION.includes(at)))('$name', async (cell) => {
    const nth = cell.isReused ? 2 : 1;
    const { smtp, transport } = await open(cell, ({ at, mail }) => at === cell.at && mail === nth);
    if (cell.isReused) expect(await outcomeOf(transport, 'before')).toEqual(sent);

    expect(await outcomeOf(transport, 'ash')).toEqual(cell.outcome);
    expect(await outcomeOf(transport, 'next')).toEqual(sent);

    const isResent = cell.outcome === sent;
    expect(bodiesFor(smtp, 'ash')).toEqual(isResent ? [true] : cell.at === 'body' ? [false] : []);
    expect(bodiesFor(smtp, 'next')).toEqual([true]);
    expect(bodiesFor(smtp, 'before')).toEqual(cell.isReused ? [true] : []);
    expect(smtp.connections).toBe(cell.code === 421 ? 2 : 1);
    const commands = verbs(smtp, 1).slice(cell.isReused ? 5 : 2);
    expect(commands).toEqual(dialogueOf(cell));
  });
});

test.each(CODES)(
  'a server that answers EHLO with %s and HELO with 250 gets its mail, unless it says goodbye',
  async (code) => {
    const cell = { code, at: 'hello', isPipelined: true, isReused: false } as const;
    const { smtp, transport } = await open({ ...cell, name: '', outcome: sent }, ({ line }) =>
      line.startsWith('EHLO'),
    );
    expect(await outcomeOf(transport, 'ash')).toEqual(code === 421 ? unav : sent);
    const rest = code === 421 ? [] : ['HELO', 'AUTH', 'MAIL', 'RCPT', 'DATA'];
    expect(verbs(smtp, 1)).toEqual(['EHLO', ...rest]);
  },
);

/** What one refused mail looks like on the wire, and what follows it on that connection. */
function dialogueOf({ at, code, isPipelined }: Cell): string[] {
  const whole = ['MAIL', 'RCPT', 'DATA'];
  const said = isPipelined ? whole : whole.slice(0, Math.min(whole.indexOf(at.toUpperCase()) + 1 || 3, 3));
  // A 421 ends the connection: no RSET, no next mail.
  if (code === 421) return said;
  return [...said, ...(at === 'body' ? [] : ['RSET']), ...whole];
}

/** After a refused EHLO the older HELO is tried, which this server refuses, too; 421 is no invitation to try anything. */
function saidUntil(at: Stage, code: Code): string[] {
  if (at === 'greeting') return [];
  if (at === 'hello') return code === 421 ? ['EHLO'] : ['EHLO', 'HELO'];
  return ['EHLO', 'AUTH'];
}

async function open(
  { code, isPipelined, isReused, at }: Cell,
  refuses: (moment: SmtpMoment) => boolean,
): Promise<{ smtp: ScriptedSmtp; transport: SmtpTransport }> {
  const smtp = await startSmtp({
    script: (moment) => (refuses(moment) ? `${code} no` : undefined),
    extensions: [...(isPipelined ? ['PIPELINING'] : []), 'AUTH PLAIN'],
  });
  const parsed = parseSmtpUrl(`${smtp.url.replace('smtp://', 'smtp://ivy:secret@')}?connections=1`);
  if (parsed.kind === 'refused') throw new Error(parsed.reason);
  const limits = { ...parsed.settings.limits, firstPauseMs: 1 };
  const mailsPerConnection = isReused && OF_A_CONNECTION.includes(at) ? 2 : 100;
  const transport = openSmtpTransport({ ...parsed.settings, mailsPerConnection, limits });
  closers.push(
    () => transport.close(),
    () => smtp.close(),
  );
  return { smtp, transport };
}

async function outcomeOf(transport: SmtpTransport, reader: string): Promise<object> {
  const { reason, ...outcome } = { reason: '', ...judge(await transport.send(mailTo(reader))) };
  return outcome;
}

const mailTo = (reader: string) => ({
  from: 'ivy@example.com' as EmailAddress,
  to: `${reader}@example.com` as EmailAddress,
  bytes: wireBytes(Buffer.from(`Subject: for ${reader}\r\n\r\nHello\r\n`)),
});

/** For each message that came in whole, whether the server took it. */
const bodiesFor = ({ transactions }: ScriptedSmtp, reader: string): boolean[] =>
  transactions
    .filter(({ message }) => message.includes(`Subject: for ${reader}\r\n`))
    .map(({ accepted }) => accepted);

const verbs = ({ dialogue }: ScriptedSmtp, connection: number): string[] =>
  dialogue.filter((said) => said.connection === connection).map(({ line }) => line.split(/[ :]/, 1)[0]!);
