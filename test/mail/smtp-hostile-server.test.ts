import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { SMTP_LIMITS, type SmtpLimits } from '../../src/mail/smtp-settings.ts';
import type { SmtpAnswer, SmtpMoment, SmtpScript } from '../support/smtp-server.ts';
import { openTrial, type SmtpTrial } from '../support/smtp-trial.ts';

type At = SmtpMoment['at'];
type Row = readonly [name: string, at: At, answer: SmtpAnswer, outcome: string];

const MB = 1024 * 1024;
const SHORT = { openMs: 1_000, greetingMs: 800, envelopeMs: 1_000, silenceMs: 2_000, mailMs: 2_500 };
const LONGEST_MS = 10_000;
const hang = { hang: true } as const;
const trickle = (text: string) => ({ trickle: text, everyMs: 40 });
const junk = Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 37) % 256));

/** A connection that is never ready costs no mail anything: it takes the one that the other mail has. */
const SLOW: readonly Row[] = [
  ['a greeting of a byte now and then', 'greeting', trickle('2'), 'accepted'],
  ['a greeting of one more line for ever', 'greeting', trickle('220-x\r\n'), 'accepted'],
  ['silence instead of a greeting', 'greeting', hang, 'accepted'],
  ['an EHLO reply of one more line for ever', 'hello', trickle('250-x\r\n'), 'accepted'],
  ['an AUTH reply of a byte now and then', 'auth', trickle('2'), 'accepted'],
  ['a MAIL reply of one more line for ever', 'mail', trickle('250-x\r\n'), 'unavailable'],
  ['a RCPT reply of a byte now and then', 'rcpt', trickle('5'), 'unavailable'],
  ['a DATA reply of a byte now and then', 'data', trickle('3'), 'unavailable'],
  ['empty lines instead of a DATA reply', 'data', trickle('\r\n'), 'unavailable'],
  ['a server that stops reading (window 0)', 'data', { stopReading: true }, 'uncertain'],
  ['silence after the dot', 'body', hang, 'uncertain'],
  ['a reply after the dot of a byte now and then', 'body', trickle('2'), 'uncertain'],
  ['a reply after the dot of one more line for ever', 'body', trickle('250-x\r\n'), 'uncertain'],
];

const WRONG: readonly Row[] = [
  ['another protocol', 'greeting', 'SSH-2.0-OpenSSH_9.6', 'unavailable'],
  [
    'a web server',
    'greeting',
    'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<h1>?</h1>',
    'unavailable',
  ],
  ['junk as a greeting', 'greeting', { bytes: junk }, 'unavailable'],
  ['250 as a greeting', 'greeting', '250 hello', 'unavailable'],
  ['354 at EHLO', 'hello', '354 go ahead', 'unavailable'],
  ['junk at EHLO', 'hello', { bytes: junk }, 'unavailable'],
  ['354 at AUTH', 'auth', '354 go ahead', 'unavailable'],
  ['354 at MAIL', 'mail', '354 go ahead', 'unavailable'],
  ['junk at MAIL', 'mail', { bytes: junk }, 'unavailable'],
  ['words at MAIL', 'mail', 'hello?', 'unavailable'],
  ['354 at RCPT', 'rcpt', '354 go ahead', 'unavailable'],
  ['words at RCPT', 'rcpt', 'hello?', 'unavailable'],
  ['a reply too many at MAIL', 'mail', '250 Ok\r\n250 Ok', 'unavailable'],
  ['a reply too many at RCPT', 'rcpt', '250 Ok\r\n250 Ok', 'unavailable'],
  ['250 at DATA', 'data', '250 Ok', 'unavailable'],
  ['words at DATA', 'data', 'go on', 'unavailable'],
  ['the go and the thanks at once', 'data', '354 go\r\n250 Ok', 'unavailable'],
  ['thanks for a message not yet sent', 'data', { stopReading: true, thenSay: '250 Ok' }, 'uncertain'],
  ['354 after the dot', 'body', '354 go ahead', 'uncertain'],
  ['words after the dot', 'body', 'ok', 'uncertain'],
  ['junk after the dot', 'body', { bytes: junk }, 'uncertain'],
  ['a code of four digits after the dot', 'body', '2500 Ok', 'uncertain'],
  ['a code of two digits after the dot', 'body', '25 Ok', 'uncertain'],
  ['a code there is not after the dot', 'body', '650 Ok', 'uncertain'],
  ['lines that contradict each other', 'body', '250-Ok\r\n550 no', 'uncertain'],
  ['250 broken off before its end', 'body', { bytes: '250-Ok\r\n' }, 'uncertain'],
];

const ODD_BUT_RIGHT: readonly Row[] = [
  [
    'a refusal in 8-bit',
    'rcpt',
    { bytes: Buffer.from('550 Empf\xe4nger unbekannt\r\n', 'latin1') },
    'rejected',
  ],
  ['a refusal in UTF-8', 'rcpt', '452 信箱已滿', 'deferred'],
  ['a refusal without words', 'rcpt', '450', 'deferred'],
  ['a refusal on many lines', 'body', `${'451-why\r\n'.repeat(200)}451 because`, 'deferred'],
  ['empty lines before a reply', 'mail', '\r\n\r\n250 Ok', 'accepted'],
  ['a reply too many after the dot', 'body', '250 Ok\r\n250 Ok', 'accepted'],
  ['bare LF as line ends', 'hello', { bytes: '250-mx.example.com\n250 AUTH PLAIN\n' }, 'accepted'],
  [
    'an EHLO reply of a hundred lines',
    'hello',
    `${'250-X-WHATEVER\r\n'.repeat(100)}250 AUTH PLAIN`,
    'accepted',
  ],
];

describe.each([
  ['with PIPELINING', ['PIPELINING', 'AUTH PLAIN']],
  ['without PIPELINING', ['AUTH PLAIN']],
])('%s', (_name, extensions) => {
  test('a slow server is left at the limit, while other mail goes on', async () => {
    const { found, expected } = await outcomesOf(SLOW, (row) => besideAnother(row, extensions));
    expect(found).toEqual(expected);
  });

  test('what is not SMTP is not believed', async () => {
    const { found, expected } = await outcomesOf(WRONG, (row) => beforeAnother(row, extensions));
    expect(found).toEqual(expected);
  });

  test('what is odd and still SMTP is understood', async () => {
    const { found, expected } = await outcomesOf(ODD_BUT_RIGHT, (row) => beforeAnother(row, extensions, {}));
    expect(found).toEqual(expected);
  });

  test.each<[string, (reply: string) => SmtpAnswer]>([
    [
      'without words',
      (reply) => reply.replace(/^(\d+)[- ].*$/gm, (line, code) => (line[3] === '-' ? line : code)),
    ],
    ['a byte at a time', (reply) => ({ bytes: `${reply}\r\n`, everyMs: 1 })],
    ['with 8-bit words', (reply) => ({ bytes: Buffer.from(`${reply} \xa9 \xff\xfe\r\n`, 'latin1') })],
  ])('replies %s are replies', async (_case, say) => {
    const usual: Readonly<Partial<Record<At, string>>> = {
      greeting: '220 mx.example.com ESMTP',
      hello: ['250-mx.example.com', ...extensions.map((one) => `250-${one}`), '250 HELP'].join('\r\n'),
      auth: '235 2.7.0 Authentication successful',
      mail: '250 2.1.0 Ok',
      rcpt: '250 2.1.5 Ok',
      data: '354 End data with <CR><LF>.<CR><LF>',
      body: '250 2.0.0 Ok: queued',
    };
    const trial = await openHostile(({ at }) => (usual[at] === undefined ? undefined : say(usual[at])), {
      extensions,
      limits: {},
    });
    for (const reader of ['ash', 'bay', 'cob'])
      expect(await trial.send(reader)).toMatchObject({ kind: 'accepted' });
    expect(trial.smtp.connections).toBe(1);
  });
});

test('an AUTH that asks on for ever is left', async () => {
  const trial = await openHostile(({ at }) => (at === 'auth' || at === 'other' ? '334 ' : undefined));
  expect((await trial.send('ash')).kind).toBe('unavailable');
});

test('silence at RSET and at QUIT costs seconds, and nothing of the mail before it', async () => {
  const trial = await openHostile(({ at, mail }) => {
    if (at === 'reset' || at === 'quit') return hang;
    return at === 'rcpt' && mail === 1 ? '450 4.2.0 later' : undefined;
  });
  expect((await trial.send('ash')).kind).toBe('deferred');
  expect(await trial.send('bay')).toMatchObject({ kind: 'accepted' });
  await trial.transport.close();
  expect(trial.verbs(1)).toContain('RSET');
  expect(trial.verbs(2)).toContain('QUIT');
});

const over64kB = (text: string): Buffer => Buffer.from(text.repeat(Math.ceil((64 * 1024) / text.length)));

describe('a reply without end costs no memory', () => {
  const FLOODS: readonly (readonly [string, SmtpAnswer])[] = [
    [
      '10 MB in one line',
      { bytes: Buffer.concat([Buffer.from('250 '), Buffer.alloc(10 * MB, 'x'), Buffer.from('\r\n')]) },
    ],
    [
      '10 MB in many lines',
      { bytes: Buffer.from(`${'250-and another thing\r\n'.repeat(500_000)}250 Ok\r\n`) },
    ],
    ['a line that does not end', { flood: over64kB('x') }],
    ['lines that do not end', { flood: over64kB('250-and another thing\r\n') }],
    ['empty lines that do not end', { flood: over64kB('\r\n') }],
    ['replies that do not end', { flood: over64kB('250 Ok\r\n') }],
  ];
  const STAGES: readonly (readonly [At, string[]])[] = [
    ['greeting', ['unavailable']],
    ['hello', ['unavailable']],
    ['auth', ['unavailable']],
    ['mail', ['unavailable']],
    ['rcpt', ['unavailable']],
    ['data', ['unavailable']],
    // "250 Ok" and more of the same: the first one is an answer.
    ['body', ['uncertain', 'accepted']],
  ];

  test.each(FLOODS)('%s', async (_name, answer) => {
    collectGarbage();
    const before = process.memoryUsage.rss();
    let most = before;
    const watching = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 1);
    const found: Record<string, boolean> = {};
    for (const [at, outcomes] of STAGES) {
      const trial = await openHostile((moment) => (moment.at === at ? answer : undefined));
      found[at] = outcomes.includes((await trial.send('ash')).kind);
      await trial.transport.close();
    }
    clearInterval(watching);
    expect(found).toEqual(Object.fromEntries(STAGES.map(([at]) => [at, true])));
    // Ours and the server's, which is in this process, too.
    expect(most - before).toBeLessThan(64 * MB);
  });
});

describe('patience', () => {
  test('the limits are those of RFC 5321', () => {
    expect(SMTP_LIMITS.silenceMs).toBeGreaterThanOrEqual(10 * 60_000);
    expect(SMTP_LIMITS.mailMs).toBeGreaterThan(SMTP_LIMITS.silenceMs);
    expect(SMTP_LIMITS.envelopeMs).toBeGreaterThanOrEqual(5 * 60_000);
  });

  test('a server that thinks for nine tenths of the time it has is waited for, and has one copy', async () => {
    const scale = 3_000 / SMTP_LIMITS.silenceMs;
    const limits = Object.fromEntries(Object.entries(SMTP_LIMITS).map(([name, ms]) => [name, ms * scale]));
    const afterMs = 9 * 60_000 * scale;
    const trial = await openTrial({
      script: ({ at }) => (at === 'body' ? { reply: '250 Ok', afterMs } : undefined),
      limits: { ...limits, openMs: 5_000, greetingMs: 5_000 },
    });
    const started = performance.now();
    expect(await trial.send('ash')).toMatchObject({ kind: 'accepted' });
    expect(performance.now() - started).toBeGreaterThan(afterMs - 50);
    expect(trial.bodiesFor('ash')).toEqual([true]);
  });
});

/** All rows at once, each against a server of its own. */
async function outcomesOf(
  rows: readonly Row[],
  run: (row: Row) => Promise<string>,
): Promise<{ found: unknown[]; expected: unknown[] }> {
  const found = await Promise.all(rows.map(async (row) => [row[0], row[1], await run(row)]));
  return { found, expected: rows.map(([name, at, , outcome]) => [name, at, outcome]) };
}

/** The first connection meets the hostile answer; another mail goes out over a second one meanwhile. */
async function besideAnother([, at, answer, outcome]: Row, extensions: readonly string[]): Promise<string> {
  const script: SmtpScript = (moment) => (moment.at === at && moment.connection === 1 ? answer : undefined);
  const trial = await openHostile(script, { extensions, connections: 2 });
  const started = performance.now();
  let isDone = false;
  const slow = trial.send('ash', sizeFor(answer)).finally(() => (isDone = true));
  while (trial.smtp.connections === 0) await sleep(1);
  expect(await trial.send('other')).toMatchObject({ kind: 'accepted' });
  // A mail is held up by what it was said to, and by nothing else.
  expect(isDone).toBe(outcome === 'accepted');

  const { kind } = await slow;
  expect(performance.now() - started).toBeLessThan(LONGEST_MS);
  expect(trial.bodiesFor('ash')).toEqual(kind === 'accepted' ? [true] : at === 'body' ? [false] : []);
  return kind;
}

/** The first mail meets the hostile answer; the next one finds a server that has come to its senses. */
async function beforeAnother(
  [, at, answer]: Row,
  extensions: readonly string[],
  limits: Partial<SmtpLimits> = SHORT,
): Promise<string> {
  const script: SmtpScript = ({ at: now, connection, mail }) =>
    now === at && connection === 1 && mail <= 1 ? answer : undefined;
  const trial = await openHostile(script, { extensions, limits });
  const { kind } = await trial.send('ash', sizeFor(answer));
  while (trial.transport.pausedForMs > 0) await sleep(1);
  expect(await trial.send('next')).toMatchObject({ kind: 'accepted' });
  expect(trial.bodiesFor('next')).toEqual([true]);
  expect(trial.bodiesFor('ash')).toHaveLength(kind === 'accepted' || at === 'body' ? 1 : 0);
  return kind;
}

/** More than the kernel keeps for a server that does not read. */
const sizeFor = (answer: SmtpAnswer): number =>
  typeof answer === 'object' && 'stopReading' in answer ? 24 * MB : 100;

const openHostile = (
  script: SmtpScript,
  {
    extensions = ['PIPELINING', 'AUTH PLAIN'],
    connections = 1,
    limits = SHORT,
  }: { extensions?: readonly string[]; connections?: number; limits?: Partial<SmtpLimits> } = {},
): Promise<SmtpTrial> =>
  openTrial({
    script,
    extensions,
    limits,
    settings: { connections, login: { user: 'ivy', password: 'secret' } },
  });

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
