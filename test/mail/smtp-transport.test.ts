import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { judge } from '../../src/domain/smtp-outcome.ts';
import { parseSmtpUrl } from '../../src/mail/parse-smtp-url.ts';
import type { OutgoingMail } from '../../src/mail/offered-mail.ts';
import type { SmtpLimits, SmtpSettings } from '../../src/mail/smtp-settings.ts';
import { openSmtpTransport, type SmtpTransport } from '../../src/mail/smtp-transport.ts';
import { wireBytes } from '../../src/mail/wire-bytes.ts';
import { startSmtp, type ScriptedSmtp, type SmtpAnswer, type SmtpMoment } from '../support/smtp-server.ts';

const PIPELINED = ['PIPELINING'];
const ONE_BY_ONE = ['8BITMIME'];
const SHORT = { openMs: 300, greetingMs: 300, envelopeMs: 300, silenceMs: 300, mailMs: 300 };
const drop = { drop: true } as const;
const hang = { hang: true } as const;
const long = Buffer.from(`Subject: long\r\n\r\n${'0123456789abcdef\r\n'.repeat(100_000)}`);

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

describe.each([
  ['pipelined', PIPELINED],
  ['one by one', ONE_BY_ONE],
])('with commands %s', (_name, extensions) => {
  test('a mail arrives as it was, in one transaction', async () => {
    const { transport, smtp } = await start(() => undefined, extensions);
    const message = 'Subject: x\r\n\r\n.hidden\r\n..two\r\nend\r\n';
    expect(await transport.send(mail({ message }))).toMatchObject({
      kind: 'reply',
      stage: 'body',
      code: 250,
      status: '2.0.0',
    });
    expect(smtp.transactions).toHaveLength(1);
    expect(smtp.transactions[0]).toMatchObject({
      from: 'ivy@example.com',
      to: ['ash@example.com'],
      accepted: true,
    });
    expect(smtp.transactions[0]?.message.toString()).toBe(message);
    expect(smtp.transactions[0]?.raw.toString()).toContain('\r\n..hidden\r\n...two\r\nend\r\n.\r\n');
  });

  test.each<[string, SmtpMoment['at'], SmtpAnswer, object]>([
    ['a drop at the greeting', 'greeting', drop, { kind: 'lost', stage: 'greeting' }],
    ['a drop at EHLO', 'hello', drop, { kind: 'lost', stage: 'hello' }],
    ['a drop at MAIL', 'mail', drop, { kind: 'lost', stage: 'mail' }],
    ['a drop at RCPT', 'rcpt', drop, { kind: 'lost', stage: 'rcpt' }],
    ['a drop at DATA', 'data', drop, { kind: 'lost', stage: 'data' }],
    ['a drop in the message', 'data', { dropAfterBytes: 1000 }, { kind: 'lost', stage: 'body' }],
    ['a drop after the dot', 'body', drop, { kind: 'lost', stage: 'body' }],
    ['silence instead of a greeting', 'greeting', hang, { kind: 'lost', stage: 'greeting' }],
    ['silence at EHLO', 'hello', hang, { kind: 'lost', stage: 'hello' }],
    ['silence at MAIL', 'mail', hang, { kind: 'lost', stage: 'mail' }],
    ['silence at RCPT', 'rcpt', hang, { kind: 'lost', stage: 'rcpt' }],
    ['silence at DATA', 'data', hang, { kind: 'lost', stage: 'data' }],
    ['silence after the dot', 'body', hang, { kind: 'lost', stage: 'body' }],
    [
      'a reply that never ends, at MAIL',
      'mail',
      { trickle: '2', everyMs: 20 },
      { kind: 'lost', stage: 'mail' },
    ],
    [
      'a reply that never ends, after the dot',
      'body',
      { trickle: '2', everyMs: 20 },
      { kind: 'lost', stage: 'body' },
    ],
    [
      '554 as the greeting',
      'greeting',
      '554 5.7.1 blocked',
      { kind: 'reply', stage: 'greeting', code: 554, status: '5.7.1' },
    ],
    ['421 as the greeting', 'greeting', '421 too busy', { kind: 'reply', stage: 'greeting', code: 421 }],
    ['421 at EHLO', 'hello', '421 4.7.0 no', { kind: 'reply', stage: 'hello', code: 421, status: '4.7.0' }],
    ['421 at MAIL', 'mail', '421 4.7.0 no', { kind: 'reply', stage: 'mail', code: 421 }],
    ['421 at RCPT', 'rcpt', '421 4.7.0 no', { kind: 'reply', stage: 'rcpt', code: 421 }],
    ['421 at DATA', 'data', '421 4.7.0 no', { kind: 'reply', stage: 'data', code: 421 }],
    ['421 after the dot', 'body', '421 4.7.0 no', { kind: 'reply', stage: 'body', code: 421 }],
    ['553 at MAIL', 'mail', '553 5.7.1 not yours', { kind: 'reply', stage: 'mail', code: 553 }],
    [
      '450 at RCPT',
      'rcpt',
      '450 4.2.0 greylisted',
      { kind: 'reply', stage: 'rcpt', code: 450, status: '4.2.0' },
    ],
    [
      '550 at RCPT, on several lines',
      'rcpt',
      '550-5.1.1 no such\r\n550 5.1.1 reader',
      { kind: 'reply', stage: 'rcpt', code: 550, status: '5.1.1', text: '550-5.1.1 no such' },
    ],
    ['554 at DATA', 'data', '554 5.7.1 no', { kind: 'reply', stage: 'data', code: 554 }],
    ['451 after the dot', 'body', '451 4.3.0 later', { kind: 'reply', stage: 'body', code: 451 }],
    ['554 after the dot', 'body', '554 5.7.1 spam', { kind: 'reply', stage: 'body', code: 554 }],
    ['550 and a drop at RCPT', 'rcpt', { reply: '550 5.1.1 no', thenDrop: true }, { stage: 'rcpt' }],
    [
      '554 and a drop after the dot',
      'body',
      { reply: '554 5.7.1 no', thenDrop: true },
      { kind: 'reply', stage: 'body', code: 554 },
    ],
    ['a reply that is none', 'mail', 'hello?', { kind: 'lost', stage: 'mail' }],
  ])('%s is told as such', async (_case, at, answer, expected) => {
    const silent = typeof answer === 'object' && ('hang' in answer || 'trickle' in answer);
    const limits = silent ? SHORT : {};
    const { transport, smtp } = await start((moment) => (moment.at === at ? answer : undefined), extensions, {
      limits,
    });
    const result = await transport.send(mail({ message: long }));
    expect(result).toMatchObject(expected);
    expect(judge(result).kind === 'uncertain').toBe(result.kind === 'lost' && result.stage === 'body');
    expect(smtp.transactions.filter(({ accepted }) => accepted)).toEqual([]);
  });

  test.each(['mail', 'rcpt', 'data'] as const)(
    'a mail refused at %s does not spoil the next on its connection',
    async (at) => {
      const { transport, smtp } = await start(
        (moment) => (moment.at === at && moment.mail === 1 ? '550 5.1.1 no' : undefined),
        extensions,
      );
      expect(await transport.send(mail())).toMatchObject({ stage: at, code: 550 });
      expect(await transport.send(mail())).toMatchObject({ stage: 'body', code: 250 });
      expect(smtp.connections).toBe(1);
      expect(smtp.commands.indexOf('RSET')).toBeLessThan(
        smtp.commands.lastIndexOf('MAIL FROM:<ivy@example.com>'),
      );
    },
  );
});

test('a server that takes DATA although it refused the only reader gets an empty message, addressed to nobody', async () => {
  const { transport, smtp } = await start(({ at, mail }) => {
    if (mail > 1) return undefined;
    return at === 'rcpt' ? '550 5.1.1 no' : at === 'data' ? '354 go ahead' : undefined;
  });
  expect(await transport.send(mail())).toMatchObject({ kind: 'reply', stage: 'rcpt', code: 550 });
  expect(await transport.send(mail())).toMatchObject({ stage: 'body', code: 250 });
  expect(smtp.transactions.map(({ message }) => message.toString())).toEqual([
    '\r\n',
    'Subject: x\r\n\r\nHello\r\n',
  ]);
});

describe('a reused connection', () => {
  test('that has died meanwhile costs nothing: the mail goes over a fresh one', async () => {
    const { transport, smtp } = await start((moment) =>
      moment.at === 'mail' && moment.mail === 2 ? drop : undefined,
    );
    await transport.send(mail());
    expect(await transport.send(mail())).toMatchObject({ stage: 'body', code: 250 });
    expect(smtp.connections).toBe(2);
    expect(smtp.transactions).toHaveLength(2);
  });

  test('that is told to go away between two mails is replaced', async () => {
    const { transport, smtp } = await start(({ at, mail }) =>
      at === 'body' && mail === 1 ? { reply: '250 Ok\r\n421 4.4.2 idle', thenDrop: true } : undefined,
    );
    await transport.send(mail());
    await sleep(50);
    expect(await transport.send(mail())).toMatchObject({ stage: 'body', code: 250 });
    expect(smtp.connections).toBe(2);
  });

  test('is retried once only, and never when the message had begun', async () => {
    const always = await start(({ at, connection }) =>
      at === 'mail' && connection > 1 ? drop : at === 'mail' && smtpMails(always) > 1 ? drop : undefined,
    );
    await always.transport.send(mail());
    expect(await always.transport.send(mail())).toMatchObject({ kind: 'lost', stage: 'mail' });
    expect(always.smtp.connections).toBe(2);

    const late = await start(({ at, mail }) => (at === 'body' && mail === 2 ? drop : undefined));
    await late.transport.send(mail());
    expect(await late.transport.send(mail())).toMatchObject({ kind: 'lost', stage: 'body' });
    expect(late.smtp.transactions).toHaveLength(2);
  });

  test('is given back when it has been idle, and after its last mail', async () => {
    const { transport, smtp } = await start(() => undefined, PIPELINED, {
      limits: { idleMs: 50 },
      mailsPerConnection: 2,
    });
    for (let n = 0; n < 5; n++) await transport.send(mail());
    expect(smtp.connections).toBe(3);
    await expect.poll(() => smtp.open.now).toBe(0);
    expect(smtp.commands.filter((line) => line === 'QUIT')).toHaveLength(3);
  });
});

describe('the pool', () => {
  test('loses no mail to a server that takes only so many on a connection, and says so', async () => {
    const taken = new Map<number, number>();
    const { transport, smtp } = await start(
      ({ at, connection }) => {
        if (at === 'mail' && (taken.get(connection) ?? 0) >= 5)
          return { reply: '421 4.7.0 Too many messages on this connection', thenDrop: true };
        if (at === 'body') taken.set(connection, (taken.get(connection) ?? 0) + 1);
        return undefined;
      },
      PIPELINED,
      { connections: 2 },
    );
    const results = await Promise.all(Array.from({ length: 60 }, () => transport.send(mail())));
    expect(results.filter((result) => judge(result).kind !== 'accepted')).toEqual([]);
    expect(smtp.transactions).toHaveLength(60);
  });

  test('has no more connections than it may, and makes the rest wait', async () => {
    const { transport, smtp } = await start(
      ({ at }) => (at === 'body' ? { reply: '250 Ok', afterMs: 20 } : undefined),
      PIPELINED,
      { connections: 3 },
    );
    const results = await Promise.all(Array.from({ length: 20 }, () => transport.send(mail())));
    expect(results.every((result) => judge(result).kind === 'accepted')).toBe(true);
    expect(transport.connections).toBe(3);
    expect(smtp.open.most).toBe(3);
  });

  test('gives each mail its own recipient and bytes, written when it is its turn', async () => {
    const { transport, smtp } = await start(() => undefined, PIPELINED, { connections: 4 });
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        transport.send({
          from: 'ivy@example.com' as EmailAddress,
          to: `reader${n}@example.com` as EmailAddress,
          bytes: (slab) => {
            const size = slab
              .reserve(200_000)
              .write(`Subject: ${n}\r\n\r\n${`for reader ${n}\r\n`.repeat(5000)}`);
            return wireBytes(slab.reserve(0).subarray(0, size));
          },
        }),
      ),
    );
    expect(smtp.transactions).toHaveLength(200);
    for (const { to, message } of smtp.transactions) {
      const n = /reader(\d+)@/.exec(to[0] ?? '')?.[1];
      expect(message.toString()).toBe(`Subject: ${n}\r\n\r\n${`for reader ${n}\r\n`.repeat(5000)}`);
    }
  });

  test('finishes what is under way when it is closed, and sends no more', async () => {
    const { transport, smtp } = await start(
      ({ at }) => (at === 'body' ? { reply: '250 Ok', afterMs: 100 } : undefined),
      PIPELINED,
      { connections: 2 },
    );
    const sending = Array.from({ length: 5 }, () => transport.send(mail()));
    await sleep(50);
    await transport.close();
    expect((await Promise.all(sending)).map((result) => judge(result).kind)).toEqual([
      'accepted',
      'accepted',
      'unavailable',
      'unavailable',
      'unavailable',
    ]);
    expect(judge(await transport.send(mail())).kind).toBe('unavailable');
    expect(smtp.transactions).toHaveLength(2);
    await sleep(50);
    expect(smtp.open.now).toBe(0);
  });

  test('makes do with the connections the server allows', async () => {
    const most = 2;
    // Those who come first, however many come at once.
    const welcome = new Set<number>();
    const { transport, smtp } = await start(
      ({ at, connection }) => {
        if (at === 'greeting' && welcome.size >= most)
          return { reply: '421 4.7.0 Too many connections', thenDrop: true };
        welcome.add(connection);
        return at === 'body' ? { reply: '250 Ok', afterMs: 5 } : undefined;
      },
      PIPELINED,
      { connections: 5, limits: { firstPauseMs: 50 } },
    );
    const results = await Promise.all(Array.from({ length: 100 }, () => transport.send(mail())));
    expect(results.filter((result) => judge(result).kind !== 'accepted')).toEqual([]);
    expect(smtp.transactions).toHaveLength(100);
    expect(transport.pausedForMs).toBe(0);
    // It asks for more now and then, ever less often.
    expect(smtp.connections).toBeLessThan(20);
  });

  test('tries the others again while one hangs, and uses them as soon as it may', async () => {
    let isFull = true;
    const { transport, smtp } = await start(
      ({ at, to }) => {
        if (at === 'body')
          return to[0] === 'ash@example.com' && smtp.transactions.length === 0 ? hang : undefined;
        return at === 'greeting' && smtp.connections > 1 && isFull
          ? { reply: '421 full', thenDrop: true }
          : undefined;
      },
      PIPELINED,
      { connections: 3, limits: { firstPauseMs: 20, silenceMs: 1_500 } },
    );
    const hung = transport.send(mail());
    await expect.poll(() => smtp.transactions.length).toBe(1);
    const waiting = Promise.all([transport.send(mail()), transport.send(mail())]);
    await expect.poll(() => smtp.connections).toBeGreaterThan(3);
    isFull = false;
    const first = await Promise.race([waiting, hung]);
    expect(Array.isArray(first)).toBe(true);
    expect((await waiting).map((result) => judge(result).kind)).toEqual(['accepted', 'accepted']);
    expect(judge(await hung).kind).toBe('uncertain');
  });

  test('goes on when writing one message fails', async () => {
    const { transport } = await start(() => undefined, PIPELINED, { connections: 1 });
    const broken = {
      ...mail(),
      bytes: () => {
        throw new Error('no such slot');
      },
    };
    await expect(transport.send(broken)).rejects.toThrow('no such slot');
    expect(await transport.send(mail())).toMatchObject({ code: 250 });
  });
});

describe('a server that is not there', () => {
  test('is not hammered: waiting mails are answered at once, and one tries again later', async () => {
    const { transport, smtp } = await start(() => undefined, PIPELINED, { limits: { firstPauseMs: 500 } });
    await smtp.close();
    const results = await Promise.all(Array.from({ length: 100 }, () => transport.send(mail())));
    expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(
      new Set([JSON.stringify({ kind: 'lost', stage: 'connect', reason: 'ECONNREFUSED' })]),
    );
    expect(transport.pausedForMs).toBeGreaterThan(0);

    const back = await startSmtp({ port: smtp.port });
    opened.push(back);
    expect(judge(await transport.send(mail())).kind).toBe('unavailable');
    await sleep(transport.pausedForMs + 10);
    expect(judge(await transport.send(mail())).kind).toBe('accepted');
    expect(transport.pausedForMs).toBe(0);
  });

  test('is tried by one at a time, at growing distances', async () => {
    const { transport, smtp } = await start(
      ({ at }) => (at === 'greeting' ? '421 4.3.2 down' : undefined),
      PIPELINED,
      {
        limits: { firstPauseMs: 40, longestPauseMs: 80 },
      },
    );
    const until = Date.now() + 600;
    while (Date.now() < until) {
      await Promise.all([transport.send(mail()), transport.send(mail()), transport.send(mail())]);
      await sleep(2);
    }
    expect(smtp.connections).toBeGreaterThanOrEqual(5);
    expect(smtp.connections).toBeLessThanOrEqual(14);
  });
});

describe('a login', () => {
  const auth = ['PIPELINING', 'AUTH PLAIN LOGIN'];
  const withLogin = { login: { user: 'garden', password: 'p@ss' } };

  test('is made before the first mail', async () => {
    const { transport, smtp } = await start(() => undefined, auth, withLogin);
    expect(await transport.send(mail())).toMatchObject({ code: 250 });
    expect(smtp.commands[1]).toBe(`AUTH PLAIN ${Buffer.from('\0garden\0p@ss').toString('base64')}`);
  });

  test.each<[string, SmtpAnswer, object]>([
    ['refused', '535 5.7.8 no', { kind: 'senderFault', scope: 'transport' }],
    ['put off', '454 4.7.0 later', { kind: 'unavailable' }],
    ['cut off', drop, { kind: 'unavailable' }],
  ])('that is %s is told as such', async (_case, answer, outcome) => {
    const { transport, smtp } = await start(
      ({ at }) => (at === 'auth' ? answer : undefined),
      auth,
      withLogin,
    );
    const result = await transport.send(mail());
    expect(result.stage).toBe('auth');
    expect(judge(result)).toMatchObject(outcome);
    expect(smtp.commands.some((line) => line.startsWith('MAIL'))).toBe(false);
  });

  test('that the server does not take is no reason to go on without', async () => {
    const { transport, smtp } = await start(() => undefined, PIPELINED, withLogin);
    const result = await transport.send(mail());
    expect(result).toMatchObject({
      kind: 'lost',
      stage: 'auth',
      reason: expect.stringContaining('no login here'),
    });
    expect(judge(result).kind).toBe('unavailable');
    expect(smtp.commands.map((line) => line.slice(0, 4))).toEqual(['EHLO']);
    expect(await transport.probe()).toMatchObject({ stage: 'auth' });
    await expect.poll(() => smtp.open.now).toBe(0);
  });

  test('can be tried without sending anything', async () => {
    const good = await start(() => undefined, auth, withLogin);
    expect(await good.transport.probe()).toBeUndefined();
    const bad = await start(({ at }) => (at === 'auth' ? '535 5.7.8 no' : undefined), auth, withLogin);
    expect(await bad.transport.probe()).toMatchObject({ stage: 'auth', code: 535 });
  });
});

test('a message beyond the size the server announces is refused without being sent', async () => {
  const { transport, smtp } = await start(() => undefined, ['SIZE 1000']);
  const result = await transport.send(mail({ message: long }));
  expect(result).toMatchObject({ kind: 'reply', stage: 'mail', code: 552, status: '5.3.4' });
  expect(judge(result)).toMatchObject({ kind: 'senderFault', scope: 'series' });
  expect(smtp.commands.some((line) => line.startsWith('MAIL'))).toBe(false);
});

test.each([
  ['u@example.com>\r\nRCPT TO:<fig@example.net'],
  ['a@example.com, b@example.com'],
  ['Ash <ash@example.com>'],
  ['ash@EXAMPLE.com'],
  [''],
])('an envelope with %j is a bug and is thrown before anything is said', async (address) => {
  const { transport, smtp } = await start(() => undefined);
  await expect(transport.send({ ...mail(), to: address as EmailAddress })).rejects.toThrow('envelope');
  await expect(transport.send({ ...mail(), from: address as EmailAddress })).rejects.toThrow('envelope');
  expect(smtp.connections).toBe(0);
});

async function start(
  script: (moment: SmtpMoment) => SmtpAnswer | undefined,
  extensions: readonly string[] = PIPELINED,
  changes: Partial<Omit<SmtpSettings, 'limits'>> & { limits?: Partial<SmtpLimits> } = {},
): Promise<{ transport: SmtpTransport; smtp: ScriptedSmtp }> {
  const smtp = await startSmtp({ script, extensions });
  const parsed = parseSmtpUrl(smtp.url);
  if (parsed.kind === 'refused') throw new Error(parsed.reason);
  const limits = { ...parsed.settings.limits, ...changes.limits };
  const transport = openSmtpTransport({ ...parsed.settings, ...changes, limits });
  opened.push(transport, smtp);
  return { transport, smtp };
}

function mail({ message = 'Subject: x\r\n\r\nHello\r\n' }: { message?: string | Buffer } = {}): OutgoingMail {
  return {
    from: 'ivy@example.com' as EmailAddress,
    to: 'ash@example.com' as EmailAddress,
    bytes: wireBytes(Buffer.from(message)),
  };
}

const smtpMails = ({ smtp }: { smtp: ScriptedSmtp }): number =>
  smtp.commands.filter((line) => line.startsWith('MAIL')).length;
