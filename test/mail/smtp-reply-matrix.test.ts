import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { SmtpMoment } from '../support/smtp-server.ts';
import { openTrial, type SmtpTrial } from '../support/smtp-trial.ts';

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
const sent = { kind: 'accepted', reply: expect.any(String) as string };

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

test('there are 252 cells', () => {
  expect(new Set(CELLS.map(({ name }) => name)).size).toBe(252);
});

describe('a refusal before any mail', () => {
  test.each(CELLS.filter(({ at }) => OF_A_CONNECTION.includes(at)))('$name', async (cell) => {
    const first = cell.isReused ? 2 : 1;
    const trial = await open(cell, ({ at, connection }) => at === cell.at && connection === first);
    // The second mail meets none of the three, and is the last one this connection may take.
    const before = cell.isReused ? ['before', 'reused'] : [];
    for (const reader of before) await trial.send(reader);
    expect(trial.smtp.connections).toBe(before.length / 2);

    expect(await outcomeOf(trial, 'ash')).toEqual(cell.outcome);
    expect(trial.bodiesFor('ash')).toEqual([]);
    expect(trial.verbs(first)).toEqual(saidUntil(cell.at, cell.code));
    expect(trial.smtp.connections).toBe(first);

    while (trial.transport.pausedForMs > 0) await sleep(1);
    expect(await outcomeOf(trial, 'next')).toEqual(sent);
    expect(trial.smtp.connections).toBe(first + 1);
    for (const reader of [...before, 'next']) expect(trial.bodiesFor(reader)).toEqual([true]);
  });
});

describe('a refusal of a mail', () => {
  test.each(CELLS.filter(({ at }) => !OF_A_CONNECTION.includes(at)))('$name', async (cell) => {
    const nth = cell.isReused ? 2 : 1;
    const trial = await open(cell, ({ at, mail }) => at === cell.at && mail === nth);
    if (cell.isReused) await trial.send('before');

    expect(await outcomeOf(trial, 'ash')).toEqual(cell.outcome);
    expect(await outcomeOf(trial, 'next')).toEqual(sent);

    const isResent = cell.outcome === sent;
    expect(trial.bodiesFor('ash')).toEqual(isResent ? [true] : cell.at === 'body' ? [false] : []);
    expect(trial.bodiesFor('next')).toEqual([true]);
    expect(trial.bodiesFor('before')).toEqual(cell.isReused ? [true] : []);
    expect(trial.smtp.connections).toBe(cell.code === 421 ? 2 : 1);
    const commands = trial.verbs(1).slice(cell.isReused ? 5 : 2);
    expect(commands).toEqual(dialogueOf(cell));
  });
});

test.each(CODES)(
  'a server that answers EHLO with %s and HELO with 250 gets its mail, unless it says goodbye',
  async (code) => {
    const cell = { code, at: 'hello', isPipelined: true, isReused: false } as const;
    const trial = await open(cell, ({ line }) => line.startsWith('EHLO'));
    expect(await outcomeOf(trial, 'ash')).toEqual(code === 421 ? unav : sent);
    const rest = code === 421 ? [] : ['HELO', 'AUTH', 'MAIL', 'RCPT', 'DATA'];
    expect(trial.verbs(1)).toEqual(['EHLO', ...rest]);
  },
);

/** What one refused mail looks like on the wire, and what follows it on that connection. */
function dialogueOf({ at, code, isPipelined }: Cell): string[] {
  const whole = ['MAIL', 'RCPT', 'DATA'];
  const said = isPipelined || at === 'body' ? whole : whole.slice(0, whole.indexOf(at.toUpperCase()) + 1);
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

function open(
  { code, isPipelined, isReused, at }: Omit<Cell, 'name' | 'outcome'>,
  refuses: (moment: SmtpMoment) => boolean,
): Promise<SmtpTrial> {
  return openTrial({
    script: (moment) => (refuses(moment) ? `${code} no` : undefined),
    extensions: [...(isPipelined ? ['PIPELINING'] : []), 'AUTH PLAIN'],
    settings: {
      login: { user: 'ivy', password: 'secret' },
      mailsPerConnection: isReused && OF_A_CONNECTION.includes(at) ? 2 : 100,
    },
  });
}

async function outcomeOf(trial: SmtpTrial, reader: string): Promise<object> {
  const { reason: _, ...outcome } = { reason: '', ...(await trial.send(reader)) };
  return outcome;
}
