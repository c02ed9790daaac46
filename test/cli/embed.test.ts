import { setTimeout as sleep } from 'node:timers/promises';
import { createContext, runInContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { createWeb } from '../../src/web/server.ts';
import { embeddedForm } from '../../src/cli/embed/embedded-form.ts';
import { embeddedCall } from '../../src/cli/embed/embedded-call.ts';
import { isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';
import { runHere } from '../support/run-here.ts';
import { BASE_URL, BLOG, openDoor } from '../support/door.ts';
import { formsIn, type PageForm } from '../support/page-forms.ts';

let place: Workplace;
const FILES = {
  'content/garden/_index.md': '---\ntitle: Garden\nevery: 1d\n---\n',
  'content/garden/1-frost.md': '---\ntitle: Frost\n---\n\nCold.\n',
  'content/花信/_index.md': '---\ntitle: 花信\nlanguage: zh-Hant\nevery: 0\n---\n',
  'content/花信/1-雪.md': '---\ntitle: 雪\n---\n\n冷。\n',
};
const env = { BASE_URL, PARTWORK_ORIGINS: BLOG };
beforeEach(async () => {
  place = await openWorkplace(env);
  await place.write(FILES);
});
afterEach(() => place.remove());

describe.skipIf(!isBuilt)('partwork embed', () => {
  test('prints a form that needs no script, and goes to the page it is told to', async () => {
    const { code, stdout, stderr } = await place.run(
      'embed',
      'garden',
      '--return',
      `${BLOG}/thanks 1/?a=b&c`,
    );
    expect([code, stderr]).toEqual([0, '']);
    const [form] = formsIn(stdout, BLOG);
    expect(form).toMatchObject({ method: 'post', action: `${BASE_URL}/s/garden/subscribe` });
    expect(form?.fields).toEqual([
      expect.objectContaining({ name: 'address' }),
      expect.objectContaining({ name: 'name' }),
      expect.objectContaining({ name: 'pace', value: '' }),
      expect.objectContaining({ name: 'website', value: '' }),
      expect.objectContaining({ name: 'return', value: `${BLOG}/thanks%201/?a=b&c` }),
    ]);
    expect(stdout).toContain('lang="en"');
    expect(stdout).toContain('<option value="2d">');
    expect(stdout.match(/<label>/g)).toHaveLength(4);
    expect(stdout.slice(0, stdout.indexOf('</form>'))).not.toMatch(/<script|style=|onclick/);
  });

  test('speaks the language of the series', async () => {
    const { stdout } = await runHere(place, 'embed', '花信');
    expect(stdout).toContain('lang="zh-Hant"');
    expect(stdout).toContain('電子郵件地址');
    expect(stdout).toContain(`${BASE_URL}/s/${encodeURIComponent('花信')}/subscribe`);
    expect(stdout).not.toContain('name="pace"');
  });

  // What is on a site of ours: test/domain/origins.test.ts.
  test.each(['https://blog.example.com.evil.example/', '/thanks'])(
    '--return %s is refused, and how to allow it',
    async (url) => {
      const { code, stdout, stderr } = await runHere(place, 'embed', 'garden', '--return', url);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('PARTWORK_ORIGINS');
    },
  );

  test('says what to set', async () => {
    await place.remove();
    place = await openWorkplace({ SITE_URL: 'https://www.example.org/blog' });
    await place.write(FILES);
    const { code, stderr } = await runHere(place, 'embed', 'garden');
    expect(code).toBe(0);
    expect(stderr).toContain('PARTWORK_ORIGINS=https://www.example.org.');
    expect(stderr).toContain('set BASE_URL');
    expect(await runHere(place, 'embed', 'nothing')).toMatchObject({ code: 3, stdout: '' });
  });
});

const bodyOf = (form: PageForm | undefined) =>
  new URLSearchParams(form?.fields.map(({ name, value }): [string, string] => [name, value]) ?? []);

test('the printed form, sent from the writer’s site, leads back there; from elsewhere it takes one more step', async () => {
  const door = await openDoor();
  const [series] = (await door.t.app.load()).series;
  const words = door.tools.words.get('en');
  if (series === undefined || words === undefined) throw new Error('There is no series.');
  const html = embeddedForm({ series, words, locale: 'en', baseUrl: door.url, returnTo: `${BLOG}/thanks` });
  const [form] = formsIn(html, BLOG);
  const send = (address: string, headers: Record<string, string>) => {
    const body = bodyOf(form);
    body.set('address', address);
    return fetch(form?.action ?? '', { method: 'POST', body, headers, redirect: 'manual' });
  };
  const sent = await send('ash@example.com', { Origin: BLOG });
  expect([sent.status, sent.headers.get('Location')]).toEqual([303, `${BLOG}/thanks`]);
  const subscriber = subscriberIdOf('ash@example.com' as EmailAddress, door.tools.salt);
  expect(await door.tools.store.signups.find('garden' as SeriesId, subscriber)).toMatchObject({
    source: `embed ${BLOG}`,
  });

  const step = await send('bay@example.com', { Origin: 'null' });
  const again = formsIn(await step.text(), door.url)[0];
  expect(again?.fields.find(({ name }) => name === 'address')?.value).toBe('bay@example.com');
  await sleep(1_100);
  const body = bodyOf(again);
  const sentAgain = await fetch(again?.action ?? '', { method: 'POST', body, redirect: 'manual' });
  expect([sentAgain.status, sentAgain.headers.get('Location')]).toEqual([303, `${BLOG}/thanks`]);
  await door.close();
});

test.each([0, 10])('the printed call works as it is, with a proof of work of %i bits', async (proofBits) => {
  const door = await openDoor();
  const web = createWeb({ ...door.tools, proofBits });
  const [series] = (await door.t.app.load()).series;
  if (series === undefined) throw new Error('There is no series.');
  const code = embeddedCall({ series, baseUrl: BASE_URL, proofBits });
  const script = code.slice(code.indexOf('>') + 1, code.lastIndexOf('</script>'));

  const page = createContext({
    fetch: (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set('Origin', BLOG);
      return web.request(url.replace(BASE_URL, ''), { ...init, headers });
    },
    crypto,
    TextEncoder,
    setTimeout,
  });
  const call = (address: string) =>
    runInContext(`${script}\nsubscribe(${JSON.stringify(address)}, 'Ash')`, page);
  expect(await call('ash@example.com')).toBeUndefined();
  expect(await call('ash')).toBe('This is not an email address mail can be sent to.');
  const subscriber = subscriberIdOf('ash@example.com' as EmailAddress, door.tools.salt);
  expect(await door.tools.store.signups.find('garden' as SeriesId, subscriber)).toMatchObject({
    name: 'Ash',
  });
  await door.close();
});
