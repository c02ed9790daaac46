import { appRoutes } from '@bull-board/api/dist/routes.js';
import { Queue, Worker } from 'bullmq';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DELIVERIES, LETTERS, QUEUE_PREFIX, RELEASES } from '../../../src/queue/queues.ts';
import { masked } from '../../../src/web/admin/queues/masked.ts';
import { createWeb, startWeb, type WebServer } from '../../../src/web/server.ts';
import { ADMIN_SECRET, FROM_HERE, signIn, type AdminVisitor } from '../../support/admin-visitor.ts';
import { openDoor, type Door } from '../../support/door.ts';

let door: Door;
let admin: AdminVisitor;
let open: WebServer;
let letters: Queue;
let failedId: string;
beforeAll(async () => {
  door = await openDoor({ PARTWORK_ADMIN_SECRET: ADMIN_SECRET });
  open = await startWeb(createWeb({ ...door.tools, queueActions: true }), 0);
  admin = await signIn(door.url);
  const connection = { path: door.t.redis.socket, maxRetriesPerRequest: null };
  letters = new Queue(LETTERS, { connection, prefix: QUEUE_PREFIX });
  failedId = await failOne(connection);
});
afterAll(async () => {
  await letters.close();
  await open.close();
  await door.close();
});

const SAID = 'ash@example.com';

/** A letter whose job says, and whose error repeats, what neither ever should. */
async function failOne(connection: { path: string; maxRetriesPerRequest: null }): Promise<string> {
  const data = {
    kind: 'welcome',
    series: 'garden',
    subscriber: 'abc',
    at: 1,
    address: SAID,
    more: { to: [SAID] },
  };
  const { id = '' } = await letters.add('welcome', data, { attempts: 1 });
  const worker = new Worker(
    LETTERS,
    async (job) => {
      await job.log(`RCPT TO:<${SAID}>`);
      await job.updateProgress({ to: SAID });
      throw new Error(`550 5.1.1 <${SAID}>: see https://letters.example.com/m/1abcdefgh`);
    },
    { connection, prefix: QUEUE_PREFIX },
  );
  await new Promise((failed) => worker.once('failed', failed));
  await worker.close();
  return id;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const at =
  (port: number) =>
  (path: string, init: Asked = {}) =>
    fetch(`http://localhost:${port}/admin/queues${path}`, {
      redirect: 'manual',
      ...init,
      headers: { Cookie: admin.cookie, Accept: 'application/json', ...init.headers },
    });
const here = (path: string, init?: Asked) => at(door.server.port)(path, init);
const there = (path: string, init?: Asked) => at(open.port)(path, init);

/** Every address of bull-board's, with an own job in it: method and path. */
const ROUTES = appRoutes.api.flatMap(({ method, route }) =>
  [method].flat().flatMap((one) => [route].flat().map((path): [string, string] => [one.toUpperCase(), path])),
);
const filled = (route: string): string =>
  route
    .replace(':queueName', LETTERS)
    .replace(':jobId', failedId)
    .replace(':queueStatus', 'failed')
    .replace(':schedulerId', 'look--garden');
const READING = ROUTES.filter(([method]) => method === 'GET').map(([, route]) => route);
const CHANGING = ROUTES.filter(([method]) => method !== 'GET');

test('there are as many routes as bull-board says, and more that change than that show', () => {
  expect(READING.length).toBeGreaterThan(8);
  expect(CHANGING.length).toBeGreaterThan(20);
});

describe('the page', () => {
  test('is bull-board’s, asks nobody else for anything, and may run its own scripts only', async () => {
    const page = await here('', { headers: { Accept: 'text/html' } });
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('<base href="/admin/queues/" />');
    expect(html).not.toMatch(/(?:href|src)="(?:https?:)?\/\/|google/);
    const policy = page.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("script-src 'self'; style-src 'self' 'unsafe-inline';");
    expect(policy).toContain("base-uri 'self'; frame-ancestors 'none'");
    const script = /src="(static\/js\/main[^"]*)"/.exec(html)?.[1] ?? '';
    const file = await here(`/${script}`);
    expect([file.status, file.headers.get('Content-Type'), file.headers.get('Cache-Control')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'private, max-age=604800, immutable',
    ]);
  });

  test('is found with a slash at its end as well', async () => {
    const answer = await here('/');
    expect([answer.status, answer.headers.get('Location')]).toEqual([302, '/admin/queues']);
  });

  test('shows all our queues', async () => {
    const { queues } = (await (await here('/api/queues?activeQueue=letters&status=failed')).json()) as {
      queues: { name: string; readOnlyMode: boolean; jobs: { id: string }[] }[];
    };
    expect(queues.map(({ name }) => name)).toEqual(expect.arrayContaining([RELEASES, DELIVERIES, LETTERS]));
    expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
    const shown = queues.find(({ name }) => name === LETTERS);
    expect(shown?.jobs.map(({ id }) => id)).toEqual([failedId]);
  });

  test('shows no file but its own', async () => {
    for (const path of [
      '/static/../index.ejs',
      '/static/%2e%2e/index.ejs',
      '/static/..%2f..%2fpackage.json',
      '/static/',
      '/static/js',
    ]) {
      expect([path, (await here(path)).status]).toEqual([path, 404]);
    }
  });
});

test.each(READING)('nothing of a person is shown by %s', async (route) => {
  const answer = await here(`${filled(route)}?activeQueue=letters&status=failed`);
  const text = await answer.text();
  // The list of workers is switched off: 403.
  expect([200, 403, 404]).toContain(answer.status);
  expect(text).not.toMatch(/@|%40|\bash\b|1abcdefgh/);
});

test('what is shown of a job is whose it is and that it failed', async () => {
  const { job } = (await (await here(`/api/queues/letters/${failedId}`)).json()) as {
    job: Record<string, unknown>;
  };
  expect(job).toMatchObject({
    data: { kind: 'welcome', series: 'garden', subscriber: 'abc', at: 1, address: '…', more: '…' },
    failedReason: '550 5.1.1 <…>: see …',
    progress: { to: '…' },
    returnValue: null,
  });
  expect(await (await here(`/api/queues/letters/${failedId}/logs`)).json()).toEqual(['RCPT TO:<…>']);
});

test.each([
  ['plain text stays', 'plain text stays'],
  ['<"ash b"@example.com> refused', '<…> refused'],
  ['a@b c%40d ＠e', '… … …'],
  ['mailto:ash@example.com,bay@example.com', '…,…'],
  ['see http://a.example/m/token, and', 'see … and'],
  [
    ['a@b', 1, null],
    ['…', 1, null],
  ],
  [
    { template: { data: { series: 'garden', address: 'a@b' } } },
    { template: { data: { series: 'garden', address: '…' } } },
  ],
  [{ data: [1, 2, 3] }, { data: [1, 2, 3] }],
  [{ data: { series: { to: 'a@b' } } }, { data: { series: { to: '…' } } }],
  [{ data: 'ash@example.com' }, { data: '…' }],
  [{ returnValue: 'anything' }, { returnValue: null }],
])('%j becomes %j', (value, wanted) => {
  expect(masked(value)).toEqual(wanted);
});

const jobsLeft = async () => (await letters.getJobs()).map(({ id }) => id);

describe('unless it is enabled', () => {
  test.each(CHANGING)('%s %s is refused', async (method, route) => {
    const answer = await here(filled(route), { method, headers: FROM_HERE, body: '{}' });
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
    expect(await jobsLeft()).toEqual([failedId]);
  });
});

describe('where it is enabled', () => {
  test.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sister domain', { 'Sec-Fetch-Site': 'same-site' }],
    ['nobody', {}],
    ['another origin', { Origin: 'https://evil.example' }],
  ])('%s can do nothing', async (_, headers) => {
    for (const [method, route] of CHANGING) {
      const answer = await there(filled(route), { method, headers, body: '{}' });
      expect([route, answer.status]).toEqual([route, 403]);
    }
    expect(await jobsLeft()).toEqual([failedId]);
  });

  test('strangers can do nothing', async () => {
    for (const [method, route] of CHANGING) {
      const answer = await there(filled(route), {
        method,
        headers: { 'Sec-Fetch-Site': 'same-origin', Cookie: '' },
        body: '{}',
      });
      expect([route, answer.status]).toEqual([route, 401]);
    }
    expect(await jobsLeft()).toEqual([failedId]);
  });

  test('its own page can remove a job', async () => {
    const { status } = await there(`/api/queues/letters/${failedId}/clean`, {
      method: 'PUT',
      headers: FROM_HERE,
    });
    expect([status, await jobsLeft()]).toEqual([204, []]);
  });
});
