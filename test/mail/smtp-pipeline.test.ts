import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { judge } from '../../src/domain/smtp-outcome.ts';
import type { Clearance, Sent } from '../../src/mail/offered-mail.ts';
import { wireBytes } from '../../src/mail/wire-bytes.ts';
import { makeCertificate } from '../support/certificates.ts';
import { openCutLine, type Cut } from '../support/cut-line.ts';
import {
  startSmtp,
  type ScriptedSmtp,
  type SmtpAnswer,
  type SmtpMoment,
  type SmtpScript,
  type SmtpTransaction,
} from '../support/smtp-server.ts';
import { openTrial, type SmtpTrial } from '../support/smtp-trial.ts';

const OVERLAP = ['PIPELINING', '8BITMIME', 'ENHANCEDSTATUSCODES'];
const CHUNKED = [...OVERLAP, 'CHUNKING'];
const WAYS = [
  ['overlapping', OVERLAP, 'overlap'],
  ['chunked', CHUNKED, 'chunked'],
  ['one by one', ['8BITMIME'], 'plain'],
] as const;
const FAST = WAYS.slice(0, 2);
const certificate = makeCertificate();

describe.each(WAYS)('%s', (_name, extensions, path) => {
  test('each mail arrives once, as it was, at its own reader', async () => {
    const trial = await openTrial({ extensions, settings: { connections: 2 } });
    expect(await sendMany(trial, 200)).toEqual(Array(200).fill('accepted'));
    expect(trial.transport.path).toBe(path);
    expect(received(trial)).toEqual(sentTo(200));
    expect(trial.smtp.commands.some((line) => line.startsWith('BDAT'))).toBe(path === 'chunked');
  });

  test.runIf(certificate)('the same after STARTTLS and AUTH', async () => {
    const trial = await openTrial({
      extensions: [...extensions, 'AUTH PLAIN'],
      tls: certificate!,
      settings: {
        host: 'localhost',
        tls: 'required',
        login: { user: 'ivy', password: 'secret' },
        certificateAuthority: certificate!.cert,
      },
    });
    expect(await sendMany(trial, 60)).toEqual(Array(60).fill('accepted'));
    expect(received(trial)).toEqual(sentTo(60));
    expect(trial.smtp.dialogue.filter(({ secure }) => !secure).map(({ line }) => line.slice(0, 4))).toEqual([
      'EHLO',
      'STAR',
    ]);
  });

  test.each<[string, SmtpMoment['at'], SmtpAnswer, string]>([
    ['MAIL', 'mail', '451 4.3.0 later', 'unavailable'],
    ['RCPT', 'rcpt', '550 5.1.1 no such reader', 'rejected'],
    ['RCPT, for now', 'rcpt', '450 4.2.0 later', 'deferred'],
    ['the message', 'body', '451 4.3.0 later', 'deferred'],
    ['the message, for good', 'body', '550 5.1.1 no such reader', 'rejected'],
  ])('a refusal of %s is that mail’s alone', async (_case, at, answer, expected) => {
    // MAIL comes before the server is told for whom.
    const isRefusal = ({ at: now, to, mail }: SmtpMoment): boolean =>
      now === at && (at === 'mail' ? mail % 5 === 3 : isRefused(to[0]!));
    const trial = await openTrial({
      extensions,
      script: (moment) => (isRefusal(moment) ? answer : undefined),
    });
    const outcomes = await sendMany(trial, 60);
    expect(new Set(outcomes)).toEqual(new Set(['accepted', expected]));
    expect(readersIn(trial, ({ accepted }) => accepted)).toEqual(readersWith('accepted', outcomes));
    const others = outcomes.flatMap((kind, n) => (kind === expected ? [nth(n)] : []));
    expect(at === 'mail' ? others.length : others.filter(isRefused).length).toBe(others.length);
    expect(others).toHaveLength(12);
    expect(trial.smtp.connections).toBe(1);
  });

  test('only what may leave does, and only while it still may', async () => {
    const trial = await openTrial({ extensions });
    const fates = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        offer(trial, n, { mayLeave: async () => n % 4 !== 1, mayStillLeave: () => n % 4 !== 2 }),
      ),
    );
    expect(fates).toEqual(fates.map((_, n) => ['accepted', 'withdrawn', 'lapsed', 'accepted'][n % 4]));
    expect(readersIn(trial)).toEqual(readersWith('accepted', fates));
  });

  test('a message that cannot be made, or a look that breaks, is nobody else’s trouble', async () => {
    const trial = await openTrial({ extensions });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        offer(trial, n, {
          mayLeave: async () => true,
          mayStillLeave: () => {
            if (n % 5 === 2) throw new Error('a look that breaks');
            return true;
          },
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(
      outcomes.map((_, n) => (n % 5 === 2 ? 'rejected' : 'fulfilled')),
    );
    expect(received(trial)).toHaveLength(16);
  });
});

describe.each(FAST)('%s, and the server misbehaves', (_name, extensions, path) => {
  const hostile: readonly (readonly [string, SmtpMoment['at'], SmtpAnswer])[] = [
    ['a reply too many to MAIL', 'mail', '250 2.1.0 Ok\r\n250 2.1.0 Ok'],
    ['a bare reply too many to MAIL', 'mail', '250 Ok\r\n250 Ok'],
    ['a reply too many to RCPT', 'rcpt', '250 2.1.5 Ok\r\n250 2.1.5 Ok'],
    ['a reply too many to the message', 'body', '250 2.0.0 Ok\r\n250 2.0.0 Ok'],
    // Who is asked for a go has no say before it. (A server that thanks for whole mails in so many words is believed.)
    ...(path === 'overlap'
      ? [['a thanks too early', 'rcpt', '250 2.1.5 Ok\r\n250 2.0.0 Ok: queued'] as const]
      : []),
    ['words', 'rcpt', 'hello?'],
    ['a go that nobody asked for', 'rcpt', '354 go'],
    ['goodbye at MAIL', 'mail', { reply: '421 4.3.2 bye', thenDrop: true }],
    ['goodbye at RCPT', 'rcpt', { reply: '421 4.3.2 bye', thenDrop: true }],
    ['goodbye after the message', 'body', { reply: '421 4.3.2 bye', thenDrop: true }],
    ['a drop', 'rcpt', { drop: true }],
    ['a reset after the message', 'body', { reset: true }],
  ];

  test.each(hostile)(
    '%s: what is told to be accepted is, and what is not may be sent again',
    async (_case, at, answer) => {
      const trial = await openTrial({
        extensions,
        // What the server refuses behind its slip must not pass for taken.
        script: ({ at: now, mail }) =>
          now === at && mail === 12
            ? answer
            : now === 'body' && mail >= 12 && mail <= 16
              ? '451 4.3.0 later'
              : undefined,
      });
      const outcomes = await sendMany(trial, 40);
      await sleep(20);
      expect(unfair(trial.smtp, outcomes)).toEqual([]);
    },
  );

  test('who is out of step is asked more slowly from then on', async () => {
    const trial = await openTrial({
      extensions,
      script: ({ at, mail }) => (at === 'rcpt' && mail === 12 ? 'hello?' : undefined),
    });
    const outcomes = await sendMany(trial, 40);
    await sleep(20);
    expect(unfair(trial.smtp, outcomes)).toEqual([]);
    expect(trial.transport.path).toBe(path === 'chunked' ? 'overlap' : 'plain');
    expect(await sendMany(trial, 3)).toEqual(Array(3).fill('accepted'));
  });

  test('replies that come a byte at a time are replies', async () => {
    const usual: Partial<Record<SmtpMoment['at'], string>> = {
      mail: '250 2.1.0 Ok',
      rcpt: '250-2.1.5 Ok\r\n250 2.1.5 Ok',
      body: '250 2.0.0 Ok',
    };
    const script: SmtpScript = ({ at }) =>
      usual[at] === undefined ? undefined : { bytes: `${usual[at]}\r\n`, everyMs: 0 };
    const trial = await openTrial({ extensions, script });
    expect(await sendMany(trial, 20)).toEqual(Array(20).fill('accepted'));
    expect(received(trial)).toHaveLength(20);
    expect(trial.transport.path).toBe(path);
  });

  test.each(['there', 'back'] as const)(
    'a line cut at every seventh byte on the way %s loses nothing and doubles nothing',
    async (direction) => {
      for (let bytes = 1, isWhole = false; !isWhole; bytes += 7) {
        isWhole = await sendOverCutLine(extensions, { direction, bytes });
        expect(bytes).toBeLessThan(5_000);
      }
    },
  );
});

test('a server that tells its replies apart by nothing gets no chunks', async () => {
  const trial = await openTrial({
    extensions: CHUNKED,
    script: ({ at }) => (at === 'mail' || at === 'rcpt' || at === 'body' ? '250 Ok' : undefined),
  });
  expect(await sendMany(trial, 30)).toEqual(Array(30).fill('accepted'));
  expect(trial.smtp.commands.some((line) => line.startsWith('BDAT'))).toBe(false);
});

test.each(FAST)('%s: a slow mail holds up none that was not written yet', async (_name, extensions) => {
  const trial = await openTrial({
    extensions,
    settings: { connections: 2 },
    script: ({ at, to }) =>
      at === 'body' && to[0] === nth(5) ? { reply: '250 2.0.0 Ok', afterMs: 1_500 } : undefined,
  });
  await sendMany(trial, 5);
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 30 }, (_, n) => trial.transport.send(mailFor(5 + n)).then(() => order.push(5 + n))),
  );
  const waited = order.slice(order.indexOf(5) + 1);
  expect(order.indexOf(5)).toBeGreaterThanOrEqual(30 - 4);
  expect(waited.length).toBeLessThan(4);
});

test('two mails go over two connections rather than behind each other', async () => {
  const trial = await openTrial({
    extensions: CHUNKED,
    settings: { connections: 2 },
    script: ({ at }) => (at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: 50 } : undefined),
  });
  for (let round = 0; round < 3; round++) await sendMany(trial, 2);
  const ways = trial.smtp.transactions.map(({ connection }) => connection);
  expect([0, 2, 4].map((index) => new Set(ways.slice(index, index + 2)).size)).toEqual([2, 2, 2]);
});

test.each(FAST)(
  '%s: mails that were ready when the server stood still are asked for once more',
  async (_name, extensions) => {
    const stall = { ms: 0 };
    const trial = await openTrial({
      extensions,
      script: ({ at }) => (at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: stall.ms } : undefined),
    });
    await sendMany(trial, 20);
    stall.ms = 1_500;
    const asked = new Map<number, number>();
    const fates = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        offer(trial, 100 + n, {
          mayLeave: async () => {
            asked.set(n, (asked.get(n) ?? 0) + 1);
            // Whoever is asked for again has left meanwhile.
            if (asked.get(n) === 2) stall.ms = 0;
            return asked.get(n) === 1;
          },
          mayStillLeave: () => true,
        }),
      ),
    );
    const again = [...asked].filter(([, times]) => times > 1).map(([n]) => n);
    expect(again.length).toBeGreaterThan(2);
    expect(again.map((n) => fates[n])).toEqual(again.map(() => 'withdrawn'));
    expect(readersIn(trial).filter((reader) => again.some((n) => reader === nth(100 + n)))).toEqual([]);
  },
);

test('the capacity is what the server is known to take', async () => {
  const expected = { chunked: 40, overlap: 32, plain: 2 };
  for (const [, extensions, path] of WAYS) {
    const trial = await openTrial({ extensions, settings: { connections: 2 } });
    expect(trial.transport.capacity).toBe(32);
    await sendMany(trial, 1);
    expect(trial.transport.capacity).toBe(expected[path]);
  }
  const off = await openTrial({ extensions: CHUNKED, settings: { bestPath: 'plain', connections: 2 } });
  expect(off.transport.capacity).toBe(2);
  await sendMany(off, 10);
  expect(off.transport.path).toBe('plain');
});

/** True = the cut came too late to matter. */
async function sendOverCutLine(extensions: readonly string[], cut: Cut): Promise<boolean> {
  const smtp = await startSmtp({ extensions });
  const line = await openCutLine(smtp.port, cut);
  const trial = await openTrial({ settings: { port: line.port } });
  const outcomes = await sendMany(trial, 5, 'short');
  expect(unfair(smtp, outcomes), `cut after ${cut.bytes} bytes`).toEqual([]);
  await trial.transport.close();
  await line.close();
  await smtp.close();
  return smtp.connections === 1 && outcomes.every((kind) => kind === 'accepted');
}

/** What is called accepted and the server has not, and what is not called so and the server has, or has twice. */
function unfair({ transactions }: ScriptedSmtp, outcomes: readonly string[]): string[] {
  const copiesOf = (n: number): number =>
    transactions.filter(({ to, accepted }) => accepted && to[0] === nth(n)).length;
  return outcomes.flatMap((kind, n) => {
    const copies = copiesOf(n);
    const isFair =
      kind === 'accepted' ? copies === 1 : copies === 0 || (kind === 'uncertain' && copies === 1);
    return isFair ? [] : [`${nth(n)} is ${kind}, with ${copies} copies`];
  });
}

const nth = (n: number): string => `reader${n}@example.com`;
const messageFor = (n: number): string =>
  `Subject: ${n}\r\n\r\n.a dot\r\n${`for reader ${n}\r\n`.repeat(n % 7 === 0 ? 4_000 : 20)}..\r\n.\r\n.\r\n`;

/** Reader and message, of each message that came in whole. */
const received = ({ smtp }: SmtpTrial): string[] =>
  smtp.transactions.map(({ to, message }) => `${to[0]} ${message.toString()}`).toSorted();

const readersIn = (
  { smtp }: SmtpTrial,
  isCounted: (one: SmtpTransaction) => boolean = () => true,
): string[] =>
  smtp.transactions
    .filter(isCounted)
    .map(({ to }) => String(to[0]))
    .toSorted();

const readersWith = (kind: string, outcomes: readonly string[]): string[] =>
  outcomes.flatMap((one, n) => (one === kind ? [nth(n)] : [])).toSorted();

const isRefused = (to: string): boolean => /[37]@/.test(to);

const sentTo = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${nth(n)} ${messageFor(n)}`).toSorted();

const kindOf = (sent: Sent): string => (typeof sent === 'string' ? sent : judge(sent).kind);

const sendMany = (trial: SmtpTrial, count: number, size: 'usual' | 'short' = 'usual'): Promise<string[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, n) => kindOf(await trial.transport.send(mailFor(n, size)))),
  );

const offer = async (trial: SmtpTrial, n: number, clearance: Clearance): Promise<string> =>
  kindOf(await trial.transport.offer(mailFor(n), clearance));

const mailFor = (n: number, size: 'usual' | 'short' = 'usual') => ({
  from: 'ivy@example.com' as EmailAddress,
  to: nth(n) as EmailAddress,
  bytes: wireBytes(Buffer.from(size === 'short' ? 'Subject: x\r\n\r\n.\r\n' : messageFor(n))),
});

test('mails are cleared in bunches, so that the ledger is asked for many at once', async () => {
  const trial = await openTrial({ extensions: OVERLAP, settings: { connections: 2 } });
  const bunches: number[] = [];
  let isSameTurn = false;
  const mayLeave = async () => {
    if (!isSameTurn) {
      bunches.push(0);
      isSameTurn = true;
      setImmediate(() => (isSameTurn = false));
    }
    bunches.push((bunches.pop() ?? 0) + 1);
    await new Promise(setImmediate);
    return true;
  };
  await Promise.all(
    Array.from({ length: 120 }, (_, n) => offer(trial, n, { mayLeave, mayStillLeave: () => true })),
  );
  expect(bunches.length).toBeLessThan(120 / 3);
});
