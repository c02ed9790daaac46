import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawPart } from '../support/drawn-part.ts';
import { GARDEN_SITE } from '../support/garden-site.ts';
import { patiently } from '../support/patiently.ts';
import { rawRequest } from '../support/raw-request.ts';
import { changesBetween, dumpWithoutWatch, lastingDump, type RedisDump } from '../support/redis-dump.ts';
import { isLinkedTo, linkIn, type ReceivedMail } from '../support/received-mail.ts';
import { openPartwork, type RunningPartwork } from '../support/running-partwork.ts';
import { openSignupForm, subscribe, type SendForm } from '../support/web-visitor.ts';

const PART = drawPart();
const EVIL = 'evil.example.net';

let partwork: RunningPartwork;
let misled: ReceivedMail;
let reader: string;
let leave: string;
let quiet: RedisDump;

const signUpForm = async (): Promise<SendForm> => openSignupForm(partwork, 'garden');

beforeAll(async () => {
  partwork = await openPartwork({ files: GARDEN_SITE });
  await partwork.start('up');
  await partwork.command('schedule', 'garden', '--yes');
  const form = await signUpForm();
  const { issue } = await subscribe(partwork, form, 'ash@example.com');
  await form({ address: 'bay@example.com' }, { 'X-Forwarded-Host': EVIL, 'X-Forwarded-For': '10.200.1.1' });
  misled = await partwork.waitForMail('bay@example.com', isLinkedTo('c'));
  reader = new URL(linkIn(issue, 'm')).pathname;
  leave = new URL(linkIn(issue, 'u')).pathname;
  await partwork.stop();
  await partwork.start('serve');
  quiet = await lastingDump(partwork.redis);
}, 300_000);
afterAll(() => partwork?.close());

const changes = async () => changesBetween(quiet, await dumpWithoutWatch(partwork.redis));
const ask = (method: string, target: string, headers: readonly string[] = [], body = '') =>
  patiently(() =>
    rawRequest(
      partwork.url,
      [
        `${method} ${target} HTTP/1.1`,
        'Host: localhost',
        'Connection: close',
        `Content-Length: ${body.length}`,
        ...headers,
        '',
        body,
      ].join('\r\n'),
    ),
  );

/** Other ways to write a path, some of which servers and proxies tidy up. */
const variantsOf = (path: string): string[] => [
  `/${path}`,
  `/.${path}`,
  `/x/..${path}`,
  `/%2e${path}`,
  `/x/%2e%2e${path}`,
  `${path}/`,
  `${path}//`,
  `${path}/.`,
  `${path}/..;`,
  `${path}%2f`,
  `${path}%00`,
  `${path}%0a`,
  `${path}%20`,
  `${path};x=1`,
  path.toUpperCase(),
  path.replace('/', '\\'),
  path.replaceAll('/', '//'),
  path.replaceAll('/', '%2f'),
  path.replaceAll('/', '%252f'),
  path.replaceAll('/', '／'),
  `/s/..${path}`,
  `/s/%2e%2e%2f${path.slice(1)}`,
  `/s/garden/..%2f..${path}`,
];

test('another spelling of a path that acts never acts', { timeout: 60_000 }, async () => {
  for (const path of [leave, `${reader}/leave`, `${reader}/leave-all`, `${reader}/pause`]) {
    for (const variant of variantsOf(path)) {
      const { status } = await ask(
        'POST',
        variant,
        ['Content-Type: application/x-www-form-urlencoded'],
        'for=1w',
      );
      expect([variant, status >= 400 && status < 500]).toEqual([variant, true]);
    }
  }
  expect(await changes()).toEqual([]);
});

const STEPS = [
  '../',
  '..%2f',
  '%2e%2e/',
  '%2e%2e%2f',
  '..%5c',
  '..\\',
  '%252e%252e%252f',
  '..%c0%af',
  '..%ef%bc%8f',
  '....//',
  '.%00./',
  '..;/',
];
const FILES = [
  'package.json',
  'etc/passwd',
  '.env',
  '.partwork/secret',
  'content/garden/02-thaw.md',
  'templates/locales/en.json',
];
const ROOTS = ['/', '/s/', '/s/garden/', '/images/', '/style.css/', '/m/', '/d/'];

test(`no string of steps leads to a file (${PART.name})`, { timeout: 120_000 }, async () => {
  const targets = ROOTS.flatMap((root) =>
    STEPS.flatMap((step) =>
      [1, 3, 8].flatMap((depth) => FILES.map((file) => root + step.repeat(depth) + file)),
    ),
  );
  expect(targets.length).toBeGreaterThan(1_000);
  const found: string[] = [];
  const queue = targets.filter((_, nth) => PART.isIn(nth, Math.floor(nth / 6))).values();
  const work = async () => {
    for (const target of queue) {
      const { status, body } = await ask('GET', target);
      if (status < 400 || /"dependencies"|root:x:0|PARTWORK_|It left by noon|"letters"/.test(body))
        found.push(`${status} ${target}`);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  expect(found).toEqual([]);
});

describe('whatever a client calls the host', () => {
  test.each([
    ['Host', [`Host: ${EVIL}`]],
    [
      'X-Forwarded-Host',
      ['Host: localhost', `X-Forwarded-Host: ${EVIL}`, 'X-Forwarded-Proto: gopher', `X-Original-URL: /u/x`],
    ],
    [
      'Forwarded',
      [
        'Host: localhost',
        `Forwarded: host=${EVIL};proto=https`,
        `X-Host: ${EVIL}`,
        `X-Forwarded-Server: ${EVIL}`,
      ],
    ],
  ])('by %s, no page and no header repeats it', async (_, headers) => {
    for (const path of [
      '/',
      '/s/garden',
      '/s/garden/frost',
      '/s/garden/feed.xml',
      '/robots.txt',
      '/sitemap.xml',
      '/nowhere',
      reader,
      leave,
    ]) {
      const { head, body } = await rawRequest(
        partwork.url,
        [`GET ${path} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n'),
      );
      expect([path, `${head}${body}`.includes(EVIL), body.includes('gopher:')]).toEqual([path, false, false]);
    }
  });

  test('links in a letter are ours', () => {
    expect(misled.raw).not.toContain(EVIL);
    for (const url of misled.urls) expect(new URL(url).origin).toBe(partwork.url);
  });
});

describe('what is too much', () => {
  test.each([
    ['one header of 9 kB', 'GET', [`X-Long: ${'a'.repeat(9_000)}`], '', 431],
    ['a thousand headers', 'GET', Array.from({ length: 1_000 }, (_, n) => `X-${n}: some`), '', 431],
    ['a target of 9 kB', 'GET', [], '', 431],
    [
      'a body of 17 kB',
      'POST',
      ['Content-Type: application/x-www-form-urlencoded'],
      `address=${'a'.repeat(17_000)}`,
      413,
    ],
  ])('%s is refused', async (name, method, headers, body, wanted) => {
    const target = name.startsWith('a target') ? `/${'a'.repeat(9_000)}` : '/s/garden/subscribe';
    expect((await ask(method, target, headers, body)).status).toBe(wanted);
  });

  test('a body that is longer than it says, in chunks without an end, is refused before it is whole', async () => {
    const chunk = `${(4_096).toString(16)}\r\n${'a'.repeat(4_096)}\r\n`;
    const head = `POST /s/garden/subscribe HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`;
    expect((await rawRequest(partwork.url, head + chunk.repeat(8))).status).toBe(413);
  }, 30_000);

  test('two lengths, or a length and chunks, are one request or none', async () => {
    const smuggled = `POST ${leave} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
    for (const lengths of [
      'Content-Length: 0\r\nTransfer-Encoding: chunked',
      'Content-Length: 5\r\nContent-Length: 0',
      'Transfer-Encoding: chunked, identity',
      'Content-Length: +5',
      'Content-Length : 5',
    ]) {
      const { head } = await rawRequest(
        partwork.url,
        `POST /s/garden/subscribe HTTP/1.1\r\nHost: localhost\r\n${lengths}\r\n\r\n${smuggled}`,
      );
      expect([lengths, head.split('\r\n', 1)[0]]).toEqual([lengths, 'HTTP/1.1 400 Bad Request']);
    }
  });
});

test(
  'who is not behind a proxy of ours cannot choose the network they are counted by',
  { timeout: 60_000 },
  async () => {
    await partwork.stop();
    await partwork.start('serve', { PARTWORK_TRUSTED_PROXIES: '' });
    const form = await signUpForm();
    const statuses: number[] = [];
    for (let index = 0; index < 8; index++) {
      const headers = {
        'X-Forwarded-For': `192.0.${index}.1, 127.0.0.1`,
        'X-Real-IP': `192.0.${index}.1`,
        Forwarded: `for=192.0.${index}.1`,
        'CF-Connecting-IP': `192.0.${index}.1`,
      };
      statuses.push((await form({ address: `cob@proxy${index}.example.com` }, headers)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
  },
);
