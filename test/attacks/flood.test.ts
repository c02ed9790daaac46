import { afterAll, beforeAll, expect, test } from 'vitest';
import { GARDEN_SITE } from '../support/garden-site.ts';
import { openPartwork, type RunningPartwork } from '../support/running-partwork.ts';
import { fromAnotherNetwork, openSignupForm, type SendForm } from '../support/web-visitor.ts';

/** `HOSTILE_PART=all` posts ten times as many. */
const POSTS = process.env['HOSTILE_PART'] === 'all' ? 10_000 : 1_000;
const AT_ONCE = 12;

let partwork: RunningPartwork;
let form: SendForm;
let teaForm: SendForm;
let stamp: string;
beforeAll(async () => {
  partwork = await openPartwork({ files: GARDEN_SITE, env: { LOG_LEVEL: 'warn' } });
  await partwork.start('up');
  await partwork.command('schedule', 'garden', '--yes');
  await partwork.command('schedule', '茶信', '--yes');
  ({ stamp } = (await (await fetch(`${partwork.url}/api/form/garden`)).json()) as { stamp: string });
  [form, teaForm] = await Promise.all([openSignupForm(partwork, 'garden'), openSignupForm(partwork, '茶信')]);
}, 300_000);
afterAll(() => partwork?.close());

const VICTIM = 'victim@example.com';
/** What mail servers take for the same mailbox. */
const SPELLINGS = [VICTIM, 'Victim@Example.COM', 'victim+one@example.com', ' victim@example.com '];

function viaApi(address: string): Promise<Response> {
  return fetch(`${partwork.url}/api/subscribe/garden`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...fromAnotherNetwork() },
    body: JSON.stringify({ address, stamp }),
  });
}

test(
  `${POSTS} sign-ups of one victim, by form and API, for two series, from as many networks: three letters at most`,
  { timeout: 300_000 },
  async ({ annotate }) => {
    const statuses = new Map<number, number>();
    const queue = Array.from({ length: POSTS }).keys();
    const work = async () => {
      for (const index of queue) {
        const address = SPELLINGS[index % SPELLINGS.length] ?? VICTIM;
        const ways = [
          () => form({ address }, fromAnotherNetwork()),
          () => teaForm({ address }, fromAnotherNetwork()),
          () => viaApi(address),
        ];
        const answer = await ways[index % ways.length]?.();
        await answer?.arrayBuffer();
        statuses.set(answer?.status ?? 0, (statuses.get(answer?.status ?? 0) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await annotate(`Answers: ${[...statuses].map(([status, count]) => `${count} × ${status}`).join(', ')}`);
    // A machine that is busy with other things may say "not now".
    expect([...statuses.keys()].filter((status) => ![200, 429, 503].includes(status))).toEqual([]);
    expect(await partwork.mailCount()).toBeGreaterThanOrEqual(1);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await partwork.mailCount()).toBeLessThanOrEqual(3);
  },
);

test('what is kept of it is bounded, and expires by itself', async () => {
  const keys = await partwork.redis.keys('pw:*limit*');
  for (const key of keys) expect([key, (await partwork.redis.pttl(key)) > 0]).toEqual([key, true]);
  expect(keys.join()).not.toContain('victim');
  expect(await partwork.redis.keys('*victim*')).toEqual([]);
});

test('one network that asks for everybody is told to wait, and its neighbours are not', async () => {
  const statuses: number[] = [];
  for (let index = 0; index < 12; index++) {
    const headers = { 'X-Forwarded-For': `203.0.113.${index}` };
    statuses.push((await form({ address: `reader@one${index}.example.com` }, headers)).status);
  }
  expect(statuses.slice(0, 5)).toEqual([200, 200, 200, 200, 200]);
  expect(new Set(statuses.slice(5))).toEqual(new Set([429]));
  const other = await form({ address: 'reader@two.example.com' }, { 'X-Forwarded-For': '203.0.114.1' });
  expect(other.status).toBe(200);
});
