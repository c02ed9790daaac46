import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig, type Config } from '../../src/config.ts';
import { pagesUrl, sayWherePagesAre } from '../../src/cli/open-pages.ts';
import { cookieOf, FROM_HERE, visitorWith } from '../support/admin-visitor.ts';
import { openDoor, type Door } from '../support/door.ts';
import { openWorkplace, type Workplace } from '../support/partwork.ts';
import { runHere } from '../support/run-here.ts';

const enter = (link: string) => fetch(link, { method: 'POST', headers: FROM_HERE, redirect: 'manual' });

describe('partwork admin', () => {
  let door: Door;
  let place: Workplace;
  beforeAll(async () => {
    door = await openDoor();
    place = await openWorkplace({
      REDIS_URL: door.t.redis.url,
      PARTWORK_DATA: door.t.config.dataFolder,
      PORT: String(door.server.port),
    });
  });
  afterAll(async () => {
    await place.remove();
    await door.close();
  });

  const printed = async () => {
    const { code, stdout, stderr } = await runHere(place, 'admin');
    expect([code, stdout.split('\n').length]).toEqual([0, 2]);
    expect(stderr).toContain('ten minutes');
    return stdout.trim();
  };

  test('prints a link, and nothing else, that signs in once where no secret is set', async () => {
    const link = await printed();
    expect(link).toMatch(new RegExp(`^${door.url}/admin/enter/[\\w-]{43}$`));
    const answer = await enter(link);
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/admin']);
    expect((await (await visitorWith(door.url, cookieOf(answer) ?? '')).get('/admin')).status).toBe(200);
    expect((await enter(link)).status).toBe(410);
    expect(await printed()).not.toBe(link);
  });

  test('--sign-out ends all sessions and all links', async () => {
    const admin = await visitorWith(door.url, cookieOf(await enter(await printed())) ?? '');
    const unused = await printed();
    expect(await runHere(place, 'admin', '--sign-out')).toMatchObject({ code: 0, stdout: '' });
    expect((await admin.get('/admin')).status).toBe(303);
    expect((await enter(unused)).status).toBe(410);
  });
});

const configOf = (env: Record<string, string>) => loadConfig('/nowhere', env) as Config;

const said = (env: Record<string, string>, port: number): string => {
  const lines: string[] = [];
  sayWherePagesAre({ say: (line: string) => void lines.push(line) } as never, configOf(env), port);
  return lines.find((line) => line.startsWith('Dashboard')) ?? '';
};

describe('where the dashboard is', () => {
  test.each([
    [{}, 3000, 'http://localhost:3000'],
    [{}, 3001, 'http://localhost:3001'],
    [{}, 0, 'http://localhost:3000'],
    [{ PARTWORK_HOST: '127.0.0.1' }, 3001, 'http://127.0.0.1:3001'],
    [{ PARTWORK_HOST: '::1' }, 3001, 'http://[::1]:3001'],
    [{ BASE_URL: 'http://localhost' }, 80, 'http://localhost'],
    [{ BASE_URL: 'https://letters.example.com/' }, 3000, 'https://letters.example.com'],
  ])('with %j on port %i: %s', (env, port, url) => {
    expect(pagesUrl(configOf(env), port)).toBe(url);
    expect(said(env, port)).toBe(
      `Dashboard: ${url}/admin (sign in by a link that \`partwork admin\` prints).`,
    );
  });

  test('with a secret it is named, not shown', () => {
    expect(said({ PARTWORK_ADMIN_SECRET: 'sixteen letters and more' }, 3000)).toBe(
      'Dashboard: http://localhost:3000/admin (sign in with PARTWORK_ADMIN_SECRET, or by a link that `partwork admin` prints).',
    );
  });
});
