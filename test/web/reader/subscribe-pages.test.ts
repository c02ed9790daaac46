import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { requestSubscription } from '../../../src/actions/request-subscription.ts';
import { leaveSeries } from '../../../src/actions/leave-series.ts';
import { openMailHosts } from '../../../src/mail/mail-hosts.ts';
import { startDns } from '../../support/dns-server.ts';
import { GARDEN, subscriber } from '../../support/ledger.ts';
import { redisPerFile } from '../../support/redis-per-file.ts';
import { BLOG, openReaderWorld, type ReaderWorld } from './reader-world.ts';

const given = redisPerFile();
let world: ReaderWorld;

beforeEach(async () => {
  world = await openReaderWorld(given.server, given.redis);
});
afterEach(() => world.close());

/** What a visitor sees of an answer. */
async function seen(answer: Response) {
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
}

const requested = () => world.store.signups.find(GARDEN, subscriber('ash').id);

describe('a sign-up', () => {
  test('keeps what was filled in, orders one letter, and says where to look for it', async () => {
    const answer = await world.signUp({ address: ' ash@example.com ', name: 'Ash', pace: '3d' });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain('Now look into your inbox');
    expect(page).toContain('It comes from Ivy Garden &lt;ivy@example.com&gt;.');
    expect(page).not.toContain('ash');
    expect(await requested()).toMatchObject({
      address: 'ash@example.com',
      name: 'Ash',
      language: 'en',
      pace: { kind: 'days', days: 3 },
      source: 'form',
    });
    expect(await world.letters()).toEqual(['confirm']);
  });

  test('comes in either encoding of a form', async () => {
    const body = new FormData();
    body.set('address', 'ash@example.com');
    body.set('stamp', await world.stamp());
    const answer = await world.web.request('/s/garden/subscribe', { method: 'POST', body });
    expect(answer.status).toBe(200);
    expect(await requested()).toBeDefined();
  });

  test('is answered in the language of its page, which is kept for the letters', async () => {
    const body = new URLSearchParams({ address: 'ash@example.com', stamp: await world.stamp() });
    const answer = await world.web.request('/s/garden/subscribe?lang=zh-Hant', { method: 'POST', body });
    expect(await answer.text()).toContain('請到信箱收信');
    expect(await requested()).toMatchObject({ language: 'zh-Hant' });
  });

  test.each([
    ['an address that is none', { address: 'ash@@example' }, 'Mail cannot go to this address', 'address'],
    ['no address', { address: '' }, 'Mail cannot go to this address', 'address'],
    [
      'a name of two lines',
      { address: 'ash@example.com', name: 'Ash\nBay' },
      'write the name on one line',
      'name',
    ],
    [
      'a name too long',
      { address: 'ash@example.com', name: 'x'.repeat(201) },
      'write the name on one line',
      'name',
    ],
    ['a pace of their own', { address: 'ash@example.com', pace: '12h' }, 'This pace is not among', 'pace'],
  ])(
    'with %s shows the form again, filled in, and what is wrong beside its field',
    async (_, fields, said, field) => {
      const answer = await world.signUp({ name: 'Ash', pace: '1w', return: `${BLOG}/thanks`, ...fields });
      const page = await answer.text();
      expect(answer.status).toBe(422);
      expect(page).toContain(said);
      const control = new RegExp(`<(?:input|select)[^>]*id="signup-${field}"[^>]*>`).exec(page)?.[0] ?? '';
      expect(control).toMatch(/aria-describedby="[^"]*-error"/);
      expect(control).toContain('aria-invalid="true"');
      expect(control).toContain('autofocus');
      expect(page.match(/autofocus/g)).toHaveLength(1);
      const typed = Object.values({ ...(fields as Record<string, string>), return: `${BLOG}/thanks` });
      const kept = typed.filter((value) => page.includes(`value="${value}"`));
      // A pace that is not offered cannot be shown as chosen.
      expect(kept).toEqual(typed.filter((value) => value !== '12h'));
      expect(await world.letters()).toEqual([]);
    },
  );

  test('for a domain without mail says so beside the address', async () => {
    const dns = await startDns({ 'nowhere.example.com': 'no such name' });
    await world.close();
    const mailHosts = openMailHosts({ servers: dns.servers });
    world = await openReaderWorld(given.server, given.redis, { mailHosts });
    const answer = await world.signUp({ address: 'ash@nowhere.example.com' });
    await dns.close();
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('There is no mail service behind the @');
  });

  test.each([
    ['1 minute', { perNetwork: 1_000, perDomain: 1, overall: 1_000 }, 'again in a minute'],
    ['10 minutes', { perNetwork: 1, perDomain: 1_000, overall: 1_000 }, 'again in 10 minutes'],
  ])('in a crowd is asked to wait for %s, with the form kept', async (_, limits, said) => {
    await world.close();
    world = await openReaderWorld(given.server, given.redis, { limits });
    await world.signUp({ address: 'bay@example.com' });
    const answer = await world.signUp({ address: 'ash@example.com', name: 'Ash' });
    const page = await answer.text();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(30);
    expect(page).toContain(said);
    expect(page).toContain('value="ash@example.com"');
  });

  test.each(['nowhere', 'GARDEN', 'constructor', '%00', '..%2fgarden'])(
    'for a series that is not there (%s) is no page',
    async (series) => {
      const body = { address: 'ash@example.com', stamp: await world.stamp() };
      expect((await world.post(`/s/${series}/subscribe`, body)).status).toBe(404);
    },
  );

  test('for a series that has ended is no page', async () => {
    await world.store.plans.commit({ ...world.plan, revision: 2, state: 'cancelled' });
    expect((await world.signUp({ address: 'ash@example.com' })).status).toBe(404);
  });
});

describe('a form that may be a program’s', () => {
  test.each([
    ['filled in at once', () => world.stamp(0)],
    ['left open for three hours', () => world.stamp(3 * 3_600_000)],
    ['without a stamp', () => Promise.resolve('')],
    ['with a stamp of somebody else’s', () => Promise.resolve(`1000000000${'A'.repeat(22)}`)],
  ])('%s asks for one more step, and a person gets through', async (_, stampOf) => {
    const asked = await world.signUp({ address: 'ash@example.com', name: 'Ash', stamp: await stampOf() });
    const page = await asked.text();
    expect(asked.status).toBe(200);
    expect(page).toContain('One more step');
    expect(await requested()).toBeUndefined();

    const fields = Object.fromEntries(
      [...page.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    );
    expect(fields).toMatchObject({ address: 'ash@example.com', name: 'Ash' });
    world.clock.offsetMs += 4_000;
    const answer = await world.post('/s/garden/subscribe', fields);
    expect(await answer.text()).toContain('Now look into your inbox');
    expect(await requested()).toMatchObject({ name: 'Ash' });
  });

  test('whose hidden field is filled in gets the same answer, and nothing happens', async () => {
    const fair = await seen(await world.signUp({ address: 'bay@example.com' }));
    const caught = await seen(
      await world.signUp({ address: 'ash@example.com', website: 'https://example.org' }),
    );
    expect(caught).toEqual(fair);
    expect(await requested()).toBeUndefined();
  });
});

describe('a form whose proof of work a browser without scripts cannot find', () => {
  test('tells to wait on the page of one more step, and lets a person through after that', async () => {
    await world.close();
    world = await openReaderWorld(given.server, given.redis, { proofBits: 12 });
    const asked = await (await world.signUp({ address: 'ash@example.com' })).text();
    expect(asked).toContain('please wait twenty seconds before you press it');
    const fields = {
      address: 'ash@example.com',
      stamp: /name="stamp" value="([^"]*)"/.exec(asked)?.[1] ?? '',
    };
    world.clock.offsetMs += 10_000;
    expect(await (await world.post('/s/garden/subscribe', fields)).text()).toContain('One more step');
    world.clock.offsetMs += 11_000;
    expect(await (await world.post('/s/garden/subscribe', fields)).text()).toContain(
      'Now look into your inbox',
    );
  });
});

test.each([
  ['parts without their boundary', 'multipart/form-data', '--x\r\n'],
  [
    'parts cut off',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="address"',
  ],
  [
    'a file for an address',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="address"; filename="a"\r\n\r\nash@example.com\r\n--x--\r\n',
  ],
  ['JSON', 'application/json', '{"address":"ash@example.com"}'],
  ['nothing', 'application/x-www-form-urlencoded', ''],
  ['names of our own making', 'application/x-www-form-urlencoded', '__proto__=1&constructor=2&address[]=3'],
])('%s is no sign-up, and no trouble', async (_, type, body) => {
  const answer = await world.web.request('/s/garden/subscribe', {
    method: 'POST',
    headers: { 'Content-Type': type },
    body,
  });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('One more step');
  expect(await world.letters()).toEqual([]);
});

describe('a form on the writer’s own site', () => {
  test('needs no stamp, and leads back to the page it names', async () => {
    const fields = { address: 'ash@example.com', return: `${BLOG}/thanks?from=form` };
    const answer = await world.post('/s/garden/subscribe', fields, { Origin: BLOG });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe(`${BLOG}/thanks?from=form`);
    expect(await requested()).toMatchObject({ source: `embed ${BLOG}` });
  });

  test.each([
    'https://elsewhere.example.org/',
    'https://blog.example.com.example.org/',
    '//elsewhere.example.org',
    'javascript:alert(1)',
    '/s/garden',
    'not a url',
    `${BLOG}@elsewhere.example.org/`,
  ])('does not lead to %s', async (target) => {
    const answer = await world.signUp({ address: 'ash@example.com', return: target });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Location')).toBeNull();
  });

  test('shows what is wrong on our page, and keeps the way back', async () => {
    const answer = await world.signUp({ address: 'ash', return: `${BLOG}/thanks` });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(`name="return" value="${BLOG}/thanks"`);
  });
});

test('the answer is the same for every address, to the byte', async () => {
  await world.join('bay');
  await world.join('cob');
  await leaveSeries(world, GARDEN, subscriber('cob').id);
  await world.store.subscribers.suppress(subscriber('elm').id, { reason: 'rejected', at: 1 });
  await requestSubscription(world.tools, {
    series: GARDEN,
    address: 'fir@example.com',
    name: '',
    pace: '',
    language: 'en',
    source: 'form',
    network: 'unknown',
    isTrap: false,
  });
  const answers = [];
  for (const name of ['ash', 'bay', 'cob', 'elm', 'fir', 'ash']) {
    answers.push(await seen(await world.signUp({ address: `${name}@example.com` })));
  }
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 200 });
});

describe('looking at the address a form posts to', () => {
  test('leads to the series, and keeps the language', async () => {
    const answer = await world.get('/s/garden/subscribe?lang=zh-Hans');
    expect(answer.headers.get('Location')).toBe('/s/garden?lang=zh-Hans');
  });

  test('shows the issue that has that name', async () => {
    const [first] = world.plan.issues;
    if (first === undefined) throw new Error('No issue.');
    const issues = [{ ...first, id: 'subscribe' as typeof first.id }, ...world.plan.issues];
    await world.store.plans.commit({ ...world.plan, revision: 2, issues });
    const answer = await world.get('/s/garden/subscribe');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<p>Of frost.</p>');
  });
});
