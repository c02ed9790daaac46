import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subscriberIdOf } from '../../../src/domain/subscriber.ts';
import type { SeriesId } from '../../../src/domain/series.ts';
import { addressOf } from '../../support/app.ts';
import { formsIn } from '../../support/page-forms.ts';
import { openBoardWorld, type BoardWorld } from './board-world.ts';
import { textIn } from './harmless-html.ts';

let world: BoardWorld;
beforeAll(async () => {
  world = await openBoardWorld({
    script: ({ at, to }) =>
      at === 'rcpt' && to[0]?.startsWith('slow') ? '451 4.7.1 Not now <b>you</b>' : undefined,
  });
  await world.t.write('garden', 'every: 1d', { '1-frost': 'title: Frost <i>!</i>', '2-thaw': 'title: Thaw' });
  await world.t.join('garden', 'ash', 'birch', 'slow');
  await world.t.schedule('garden');
  await world.t.settle();
});
afterAll(() => world.close());

const stateNow = async () => (await world.t.app.store.plans.find('garden' as SeriesId))?.state;
const textOf = async (answer: Response) => textIn(await answer.text());

/** Presses the button of the page that asks, and reads where it leads. */
async function press(act: string, query = ''): Promise<string> {
  const asked = await world.admin.get(`/admin/act/${act}/garden${query}`);
  const form = formsIn(await asked.text(), world.url).find(({ action }) => action.includes(`/act/${act}/`));
  if (form === undefined) throw new Error(`Nothing asks about "${act}".`);
  const fields = Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
  const done = await world.admin.post(form.action.slice(world.url.length), fields);
  expect(done.status).toBe(303);
  return textOf(await world.admin.get(done.headers.get('Location') ?? ''));
}

describe('a button', () => {
  test('asks first; only the answer does it, and the page says what came of it', async () => {
    expect(await press('pause')).toContain('The series is paused.');
    expect(await stateNow()).toBe('paused');
    expect(await press('pause')).toContain('It was so already');
    expect(await press('resume', '?lang=zh-Hant')).toContain('系列已恢復寄送');
    expect(await stateNow()).toBe('running');
  });

  test('tries again whoever was put off, at once and only them', async () => {
    const tries = () => world.t.smtp.commands.filter((line) => line.includes('slow@')).length;
    const before = tries();
    const page = await textOf(await world.admin.get('/admin/series/garden'));
    expect(page).toContain('Try again');
    expect(await press('retry')).toContain('Tried again now: 1.');
    await expect.poll(tries, { timeout: 30_000 }).toBeGreaterThan(before);
    expect(world.t.received('ash')).toHaveLength(1);
  });

  test.each(['pause', 'resume', 'retry'])(
    '%s needs the token of the session, a page of ours, and a series that is there',
    async (act) => {
      const before = await stateNow();
      expect((await world.admin.post(`/admin/act/${act}/garden`, { csrf: 'made up' })).status).toBe(403);
      expect(
        (await world.admin.post(`/admin/act/${act}/garden`, {}, { 'Sec-Fetch-Site': 'cross-site' })).status,
      ).toBe(403);
      expect((await world.admin.post(`/admin/act/${act}/nowhere`)).status).toBe(404);
      expect(await stateNow()).toBe(before);
    },
  );

  test('does not bring back what was cancelled', async () => {
    const { changeState } = await import('../../../src/actions/change-state.ts');
    await changeState(world.t.app, 'garden' as SeriesId, 'cancelled');
    expect(await press('resume')).toContain('The series is cancelled. partwork schedule starts it again.');
    expect(await stateNow()).toBe('cancelled');
  });

  test.each(['done=nothing', 'done=retry&readers=<b>', 'done=__proto__', 'done=retry&readers=1e9'])(
    'a made-up %s says nothing of others',
    async (query) => {
      const html = await (await world.admin.get(`/admin/series/garden?${query}`)).text();
      expect(html).not.toMatch(/readers=|__proto__|1e9/);
    },
  );
});

const find = (address: string) => world.admin.post('/admin/readers', { address });
const pathOf = (reader: string) => `/admin/readers/${subscriberIdOf(addressOf(reader), world.t.app.salt)}`;

describe('a reader', () => {
  test('is found by a form, so that no address stands in a path', async () => {
    const found = await find(' Slow@EXAMPLE.com ');
    expect([found.status, found.headers.get('Location')]).toEqual([303, pathOf('slow')]);
    const page = await textOf(await world.admin.get(pathOf('slow')));
    for (const said of [
      'slow@example.com',
      'The mail server put it off',
      '451 4.7.1 Not now <b>you</b>',
      '1. Frost <i>!</i>',
    ])
      expect(page).toContain(said);
    expect(world.log.join('\n')).not.toContain('slow@');
  });

  test('who has had something has it told with the server’s words', async () => {
    const page = await textOf(await world.admin.get(pathOf('ash')));
    expect(page).toMatch(/1\. Frost <i>!<\/i> accepted Ok: queued/);
  });

  test('is not known, or not asked for properly', async () => {
    const nobody = await world.admin.get(pathOf('nobody'));
    expect([nobody.status, await textOf(nobody)]).toEqual([
      404,
      expect.stringContaining('Nobody is known by this address'),
    ]);
    expect((await world.admin.get('/admin/readers/ASH')).status).toBe(404);
    const wrong = await find('"><script>alert(1)</script>');
    expect([wrong.status, await wrong.clone().text()]).toEqual([
      422,
      expect.not.stringContaining('<script>alert'),
    ]);
    expect(await textOf(wrong)).toContain('This is not an email address.');
  });
});
