import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeCertificate } from '../support/certificates.ts';
import { startSmtp, type SmtpAnswer, type SmtpMoment } from '../support/smtp-server.ts';
import { openTrial, type SmtpTrial } from '../support/smtp-trial.ts';

/** `unavailable` costs nobody an attempt: `settlement.test.ts` has it released. */
type Outcome = 'unavailable' | 'uncertain' | 'accepted' | 'deferred';

const POINTS = [
  'connect',
  'greeting',
  'hello',
  'starttls',
  'auth',
  'mail',
  'rcpt',
  'data',
  'mid-body',
  'dot',
  'rset',
  'quit',
] as const;
type Point = (typeof POINTS)[number];

/**
 * What becomes of the mail that is on the connection when it is cut. The reused one has taken a mail before: servers let such
 * connections go, so a mail of which no byte has left is tried once more, at once, on another.
 */
// prettier-ignore
const OUTCOMES: Readonly<Record<Point, { readonly fresh: Outcome; readonly reused?: Outcome }>> = {
  connect:    { fresh: 'unavailable' },
  greeting:   { fresh: 'unavailable' },
  hello:      { fresh: 'unavailable' },
  starttls:   { fresh: 'unavailable' },
  auth:       { fresh: 'unavailable' },
  mail:       { fresh: 'unavailable', reused: 'accepted' },
  rcpt:       { fresh: 'unavailable', reused: 'accepted' },
  data:       { fresh: 'unavailable', reused: 'accepted' },
  'mid-body': { fresh: 'uncertain',   reused: 'uncertain' },
  dot:        { fresh: 'uncertain',   reused: 'uncertain' },
  // What is cut here is a connection whose mail has its answer.
  rset:       { fresh: 'deferred',    reused: 'deferred' },
  quit:       { fresh: 'accepted',    reused: 'accepted' },
};

interface Cell {
  readonly name: string;
  readonly point: Point;
  readonly isPipelined: boolean;
  readonly isAbrupt: boolean;
  readonly isReused: boolean;
  readonly outcome: Outcome;
}

/** Cut when the server would speak there. */
const MOMENTS: Readonly<Partial<Record<Point, SmtpMoment['at']>>> = {
  greeting: 'greeting',
  hello: 'hello',
  starttls: 'starttls',
  auth: 'auth',
  mail: 'mail',
  rcpt: 'rcpt',
  data: 'data',
  dot: 'body',
  rset: 'reset',
  quit: 'quit',
};
/** What was said to the server before it cut. */
const SAID: Readonly<Record<Point, readonly string[]>> = {
  connect: [],
  greeting: [],
  hello: ['EHLO'],
  starttls: ['STARTTLS'],
  auth: ['AUTH'],
  mail: ['MAIL'],
  rcpt: ['RCPT'],
  data: ['DATA'],
  'mid-body': ['DATA'],
  dot: ['DATA'],
  rset: ['RSET'],
  quit: ['QUIT'],
};
const MAIL_POINTS: ReadonlySet<Point> = new Set(['mail', 'rcpt', 'data', 'mid-body', 'dot', 'rset']);

const CELLS: readonly Cell[] = POINTS.filter((point) => point !== 'connect').flatMap((point) =>
  [true, false].flatMap((isPipelined) =>
    [true, false].flatMap((isAbrupt) =>
      [true, false].flatMap((isReused) => {
        const outcome = OUTCOMES[point][isReused ? 'reused' : 'fresh'];
        const name = `${point}, ${isPipelined ? 'pipelined' : 'one by one'}, ${isAbrupt ? 'RST' : 'FIN'}, ${isReused ? 'reused' : 'fresh'}`;
        return outcome === undefined ? [] : [{ name, point, isPipelined, isAbrupt, isReused, outcome }];
      }),
    ),
  ),
);

const certificate = makeCertificate();

test('connect: nobody is there; mail goes out when somebody is', async () => {
  const trial = await openTrial();
  const { port } = trial.smtp;
  await trial.smtp.close();
  expect((await trial.send('ash')).kind).toBe(OUTCOMES.connect.fresh);

  const back = await startSmtp({ port });
  try {
    while (trial.transport.pausedForMs > 0) await sleep(1);
    expect(await trial.send('ash')).toMatchObject({ kind: 'accepted' });
  } finally {
    await trial.transport.close();
    await back.close();
  }
});

test.each(CELLS)('$name: $outcome', async (cell) => {
  if (cell.point === 'starttls' && certificate === undefined) return;
  const trial = await open(cell);
  if (cell.isReused) await trial.send('before');

  // Long enough for the server to hang up while it is on its way.
  expect((await trial.send('ash', 500_000)).kind).toBe(cell.outcome);
  const isDot = cell.point === 'dot';
  expect(trial.bodiesFor('ash')).toEqual(cell.outcome === 'accepted' ? [true] : isDot ? [false] : []);

  while (trial.transport.pausedForMs > 0) await sleep(1);
  expect(await trial.send('next')).toMatchObject({ kind: 'accepted' });
  expect(trial.bodiesFor('next')).toEqual([true]);
  expect(trial.bodiesFor('before')).toEqual(cell.isReused ? [true] : []);
  expect(trial.smtp.connections).toBe(2);
  expect(trial.verbs(1)).toEqual(expect.arrayContaining([...SAID[cell.point]]));
});

/** Cuts once: the first connection, or the mail that the cell is about. */
function open({ point, isPipelined, isAbrupt, isReused }: Cell): Promise<SmtpTrial> {
  const nth = isReused ? 2 : 1;
  const script = (moment: SmtpMoment): SmtpAnswer | undefined => {
    if (moment.connection > 1 || (MAIL_POINTS.has(point) && moment.mail !== nth)) return undefined;
    if (point === 'rset' && moment.at === 'rcpt') return '450 4.2.0 later';
    if (point === 'mid-body' && moment.at === 'data') return { dropAfterBytes: 1000, abruptly: isAbrupt };
    return moment.at === MOMENTS[point] ? (isAbrupt ? { reset: true } : { drop: true }) : undefined;
  };
  return openTrial({
    script,
    extensions: [...(isPipelined ? ['PIPELINING'] : []), 'AUTH PLAIN'],
    ...(certificate !== undefined && { tls: certificate }),
    settings: {
      host: 'localhost',
      login: { user: 'ivy', password: 'secret' },
      tls: point === 'starttls' ? 'required' : 'off',
      ...(certificate !== undefined && { certificateAuthority: certificate.cert }),
      // QUIT is said when a connection has taken all the mail it may.
      ...(point === 'quit' && { mailsPerConnection: nth }),
    },
  });
}
