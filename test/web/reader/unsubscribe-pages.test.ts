import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eraseSubscriber } from '../../../src/actions/erase-subscriber.ts';
import { DAY_MS } from '../../../src/domain/instant.ts';
import { subscriber } from '../../support/ledger.ts';
import { changesBetween, dumpRedis } from '../../support/redis-dump.ts';
import { redisPerFile } from '../../support/redis-per-file.ts';
import { openReaderWorld, SECRETS, type ReaderWorld } from './reader-world.ts';

const given = redisPerFile();
let world: ReaderWorld;

beforeEach(async () => {
  world = await openReaderWorld(given.server, given.redis);
  await world.join('ash');
});
afterEach(() => world.close());

const stateOf = async (name: string) =>
  (await world.store.subscribers.find(subscriber(name).id))?.subscriptions[0]?.state;

describe('a person who follows the link', () => {
  test('sees one button, and the way to less instead', async () => {
    const answer = await world.get(world.leavePath('ash'));
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain('Unsubscribe from Garden Letters?');
    expect(page.match(/<button/g)).toHaveLength(1);
    expect(page).toContain('Have a break or slow down');
    expect(page).toContain(`href="${world.readerPath('ash')}#break"`);
    expect(page).not.toContain('ash@example.com');
    expect(await stateOf('ash')).toBe('active');
  });

  test('is offered no slower pace where the writer offers none', async () => {
    const { plan } = world;
    await world.store.plans.commit({ ...plan, revision: 2, about: { ...plan.about, paces: [] } });
    const page = await (await world.get(world.leavePath('ash'))).text();
    expect(page).toContain('Have a break instead');
    expect(page).not.toContain('slow');
  });

  test('has left after pressing it, once, with one goodbye', async () => {
    const path = world.leavePath('ash');
    const answers = [await world.post(path), await world.post(path), await world.get(path)];
    const pages = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(pages).size).toBe(1);
    expect(pages[0]).toContain('You have left Garden Letters');
    expect(pages[0]).toContain('href="/s/garden#subscribe"');
    expect(pages[0]).toContain(`action="${world.readerPath('ash')}/leave-all"`);
    expect(await stateOf('ash')).toBe('ended');
    expect(await world.letters()).toEqual(['goodbye']);
  });

  test('sees it in the language of the series, or the one they ask for', async () => {
    const { plan } = world;
    await world.store.plans.commit({ ...plan, revision: 2, about: { ...plan.about, language: 'zh-TW' } });
    expect(await (await world.get(world.leavePath('ash'))).text()).toContain(
      '要取消訂閱《Garden Letters》嗎？',
    );
    const asked = await (await world.get(`${world.leavePath('ash')}?lang=zh-Hans`)).text();
    expect(asked).toContain('要退订《Garden Letters》吗？');
    expect(asked).toContain(`action="${world.leavePath('ash')}?lang=zh-Hans"`);
  });
});

describe('a mail client that posts (RFC 8058)', () => {
  const urlencoded = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const boundary = 'b0undary';
  const multipart = `--${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`;
  test.each([
    ['a form', urlencoded, 'List-Unsubscribe=One-Click'],
    ['a form in parts', { 'Content-Type': `multipart/form-data; boundary=${boundary}` }, multipart],
    ['parts without their boundary', { 'Content-Type': 'multipart/form-data' }, multipart],
    ['no body', {}, undefined],
    ['another body', { 'Content-Type': 'application/json' }, '{'],
    [
      'an Origin of somewhere',
      { ...urlencoded, Origin: 'https://mail.example.org' },
      'List-Unsubscribe=One-Click',
    ],
    ['an Origin of nowhere', { ...urlencoded, Origin: 'null' }, 'List-Unsubscribe=One-Click'],
    ['cookies and a referrer', { ...urlencoded, Cookie: 'a=b', Referer: 'https://mail.example.org/' }, ''],
  ] as const)('%s takes the reader out, at once and without a redirect', async (_, headers, body) => {
    const answer = await world.web.request(world.leavePath('ash'), {
      method: 'POST',
      headers,
      ...(body !== undefined && { body }),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Set-Cookie')).toBeNull();
    expect(await stateOf('ash')).toBe('ended');
  });

  test('works years later, and with a secret that was followed by another', async () => {
    const path = world.leavePath('ash');
    await world.close();
    world = await openReaderWorld(given.server, given.redis, {
      secrets: ['one that came after it', ...SECRETS],
    });
    world.clock.offsetMs += 4_000 * DAY_MS;
    expect((await world.post(path)).status).toBe(200);
    expect(await stateOf('ash')).toBe('ended');
  });

  test('gets the same page for who was erased, and keeps nothing of them', async () => {
    const left = await (await world.post(world.leavePath('ash'))).text();
    await eraseSubscriber(world, subscriber('ash').id);
    const before = await dumpRedis(given.redis);
    const answer = await world.post(world.leavePath('ash'));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(left);
    expect(changesBetween(before, await dumpRedis(given.redis))).toEqual([]);
  });

  test.each([
    ['changed', (path: string) => path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['cut short', (path: string) => path.slice(0, -3)],
    ['of another purpose', () => world.readerPath('ash').replace('/m/', '/u/')],
    ['made up', () => '/u/x'],
  ])('with a link that is %s changes nothing', async (_, change) => {
    const answer = await world.post(change(world.leavePath('ash')));
    expect(answer.status).toBe(404);
    expect(await stateOf('ash')).toBe('active');
  });

  test('leaves other readers where they are', async () => {
    await world.join('bay');
    await world.post(world.leavePath('ash'));
    expect(await stateOf('bay')).toBe('active');
  });
});

test('fetching the link changes nothing', async () => {
  const before = await dumpRedis(given.redis);
  for (const method of ['GET', 'HEAD', 'OPTIONS'])
    await world.web.request(world.leavePath('ash'), { method });
  expect(changesBetween(before, await dumpRedis(given.redis))).toEqual([]);
});
