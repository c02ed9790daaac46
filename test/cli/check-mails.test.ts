import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { GARDEN_FILES, isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';
import { runHere } from '../support/run-here.ts';

const ADDRESS = { PARTWORK_POSTAL_ADDRESS: '1 Garden Lane' };
/** A text template that forgets the article: what it makes is a mail, and a bad one. */
const WITHOUT_ARTICLE = {
  'templates/issue.text.liquid':
    '{{ issue.title }}\n{{ slots.unsubscribeUrl }}\n{% for line in postalAddress %}{{ line }}\n{% endfor %}',
};
const STRAY = { 'content/blog/late.md': '---\ntitle: "open\nseries: [A garden]\n---\nText.\n' };

const linesWith = (words: string, text: string): string[] =>
  text.split('\n').filter((line) => line.includes(words));

const pem = () => inPem(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const ed25519 = () => inPem(generateKeyPairSync('ed25519'));
const inPem = ({ privateKey }: { readonly privateKey: KeyObject }) =>
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

let place: Workplace;

/** A workplace of one test. */
async function openOwn(env: Readonly<Record<string, string>>): Promise<Workplace> {
  const own = await openWorkplace(env);
  onTestFinished(() => own.remove());
  return own;
}

describe.skipIf(!isBuilt)('the mail of each issue is looked at', () => {
  beforeAll(async () => {
    place = await openWorkplace(ADDRESS);
    await place.write({ ...GARDEN_FILES, ...WITHOUT_ARTICLE });
  });
  afterAll(() => place.remove());

  test('by check, with the rule in --json', async () => {
    const { code, stderr } = await place.run('check', 'garden');
    expect(code).toBe(3);
    expect(linesWith('error: The text part lacks what the HTML shows', stderr)).toHaveLength(2);
    expect(stderr).toContain('content/garden/01-frost.md:');

    const json = await place.run('check', '--json');
    expect(json.code).toBe(3);
    const { problems, series } = JSON.parse(json.stdout) as {
      problems: { rule?: string }[];
      series: unknown[];
    };
    expect(problems.map(({ rule }) => rule)).toContain('text-in-step');
    expect(series).toEqual([]);
  });

  test('by plan and schedule, which change nothing then', async () => {
    for (const [command, ...flags] of [['plan'], ['schedule', '--yes']] as const) {
      const { code, stdout, stderr } = await runHere(place, command, 'garden', ...flags);
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toContain('The text part lacks');
    }
    expect((await runHere(place, 'status', '--json')).stdout).not.toContain('garden');
  });

  test('by render, which writes it all the same', async () => {
    const { code, stdout, stderr } = await runHere(place, 'render', 'garden', 'frost');
    expect([code, stdout]).toEqual([3, 'issue.html\nissue.txt\nissue.eml\n']);
    expect(stderr).toContain('The text part lacks');
  });

  test('in the body of a sound post, though the series has an error elsewhere', async () => {
    await place.write({ 'content/garden/02-thaw.md': '---\ntitle: Thaw\ndate: never\n---\nText.\n' });
    expect((await runHere(place, 'check', 'garden')).stderr).toContain(
      '01-frost.md: error: The text part lacks',
    );
  });
});

describe.skipIf(!isBuilt)('--strict', () => {
  test('makes a warning stop check, plan and schedule', async () => {
    place = await openOwn({});
    await place.write(GARDEN_FILES);
    for (const args of [
      ['check', 'garden'],
      ['plan', 'garden'],
      ['schedule', 'garden', '--yes'],
    ]) {
      const { code, stderr } = await runHere(place, ...args, '--strict');
      expect([args, code]).toEqual([args, 3]);
      expect(linesWith('No postal address is set', stderr)).toHaveLength(1);
      expect(stderr).toContain('1 warning, which --strict counts as errors.');
      expect((await runHere(place, ...args)).code).toBe(0);
    }
  });

  test('stops nothing where there is no warning', async () => {
    place = await openOwn(ADDRESS);
    await place.write(GARDEN_FILES);
    expect(await runHere(place, 'check', '--strict')).toMatchObject({
      code: 0,
      stderr: '0 errors, 0 warnings.\n',
    });
    expect((await runHere(place, 'schedule', 'garden', '--yes', '--strict')).code).toBe(0);
  });
});

describe.skipIf(!isBuilt)('many problems of a kind are told in one line', () => {
  const images = Array.from({ length: 6 }, (_, index) => `![](https://example.com/${index}.png)`).join(
    '\n\n',
  );
  const IMAGES = { 'content/garden/02-thaw.md': `---\ntitle: Thaw\n---\n${images}\n` };

  test('by check, which counts them all, and one by one in --json', async () => {
    place = await openOwn(ADDRESS);
    await place.write({ ...GARDEN_FILES, ...IMAGES });
    const { code, stderr } = await runHere(place, 'check');
    expect(code).toBe(0);
    expect(linesWith('02-thaw.md:4: warning: 6 images have no alternative text', stderr)).toHaveLength(1);
    expect(stderr).toContain('0 errors, 6 warnings (in 1 line).');

    const { problems } = JSON.parse((await runHere(place, 'check', '--json')).stdout) as {
      problems: unknown[];
    };
    expect(problems).toHaveLength(6);
  });
});

describe.skipIf(!isBuilt)('what is set up wrongly is told once, not for each issue:', () => {
  test.each([
    [
      { BASE_URL: 'http://letters.example.com' },
      3,
      'partwork.yaml: error: The links to unsubscribe begin with http:',
    ],
    [
      { SMTP_URL: 'smtp://localhost' },
      0,
      'partwork.yaml: warning: Readers cannot reach http://localhost:3000',
    ],
    [{}, 0, ''],
  ])('%j', async (env: Record<string, string>, code, words) => {
    place = await openOwn({ ...ADDRESS, ...env });
    await place.write(GARDEN_FILES);
    const checked = await runHere(place, 'check');
    expect(checked.code).toBe(code);
    expect(checked.stderr.trimEnd().split('\n')).toHaveLength(words === '' ? 1 : 2);
    expect(checked.stderr).toContain(words);
  });

  test('a mail server, and no sender', async () => {
    place = await openOwn({
      ...ADDRESS,
      SMTP_URL: 'smtp://localhost',
      BASE_URL: 'https://letters.example.com',
    });
    const index = '---\ntitle: A garden\nevery: 1d\n---\n';
    await place.write({ ...GARDEN_FILES, 'content/garden/_index.md': index });
    const { code, stderr } = await runHere(place, 'check');
    expect(code).toBe(3);
    expect(linesWith('content/garden/_index.md: error: Mail from newsletter@', stderr)).toHaveLength(1);
  });
});

describe.skipIf(!isBuilt)('where mail is signed', () => {
  const DKIM = {
    PARTWORK_DKIM_DOMAIN: 'example.com',
    PARTWORK_DKIM_SELECTOR: 'one',
    PARTWORK_DKIM_KEY_FILE: 'key.pem',
  };
  test('the sample is signed too, and its signature covers what it should', async () => {
    place = await openOwn({ ...ADDRESS, ...DKIM });
    await place.write({ ...GARDEN_FILES, 'key.pem': pem() });
    expect(await runHere(place, 'render', 'garden', 'frost')).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(join(place.folder, 'issue.eml'), 'utf8')).toMatch(/^DKIM-Signature: /);
    expect((await runHere(place, 'check', '--strict')).code).toBe(0);
  });

  test('each of two keys signs', async () => {
    place = await openOwn({
      ...ADDRESS,
      ...DKIM,
      PARTWORK_DKIM_SELECTOR: 'one,two',
      PARTWORK_DKIM_KEY_FILE: 'key.pem,ed25519.pem',
    });
    await place.write({ ...GARDEN_FILES, 'key.pem': pem(), 'ed25519.pem': ed25519() });
    expect(await runHere(place, 'check', '--strict')).toMatchObject({ code: 0 });
    await runHere(place, 'render', 'garden', 'frost');
    const mail = await readFile(join(place.folder, 'issue.eml'), 'utf8');
    expect(mail.match(/^DKIM-Signature: v=1; a=[a-z\d-]+/gm)).toEqual([
      'DKIM-Signature: v=1; a=rsa-sha256',
      'DKIM-Signature: v=1; a=ed25519-sha256',
    ]);
  });

  test('Ed25519 alone is told to be too new', async () => {
    place = await openOwn({ ...ADDRESS, ...DKIM });
    await place.write({ ...GARDEN_FILES, 'key.pem': ed25519() });
    const { code, stderr } = await runHere(place, 'check');
    expect([code, stderr]).toEqual([0, expect.stringContaining('signed with Ed25519 only')]);
  });

  test('a key for another domain than the sender’s is told', async () => {
    place = await openOwn({ ...ADDRESS, ...DKIM, PARTWORK_DKIM_DOMAIN: 'example.org' });
    await place.write({ ...GARDEN_FILES, 'key.pem': pem() });
    expect((await runHere(place, 'check')).stderr).toContain(
      'Mail from example.com is signed by example.org',
    );
  });

  test('a key that cannot be read stops no writer, and is told once', async () => {
    place = await openOwn({ ...ADDRESS, ...DKIM });
    await place.write(GARDEN_FILES);
    const { code, stderr } = await runHere(place, 'check');
    expect(code).toBe(0);
    expect(linesWith('The DKIM key cannot be read', stderr)).toHaveLength(1);
  });
});

describe.skipIf(!isBuilt)('a post that cannot be read and may belong to the series', () => {
  test.each([
    [['render', 'garden', 'frost'], 'issue.eml'],
    [['subscribers', 'add', 'ash@example.com', '--series', 'garden', '--confirmed'], ''],
  ])('is a note for %j, which goes on', async (args, words) => {
    place = await openOwn(ADDRESS);
    await place.write({ ...GARDEN_FILES, ...STRAY });
    const { code, stdout, stderr } = await runHere(place, ...args);
    expect(linesWith('content/blog/late.md:', stderr)).toHaveLength(1);
    expect(stderr).toContain(': note: ');
    expect([code, stdout.includes(words)]).toEqual([0, true]);
  });

  test('is told of a series with errors as well, which is not called missing', async () => {
    place = await openOwn(ADDRESS);
    await place.write({
      ...GARDEN_FILES,
      'content/garden/_index.md': '---\ntitle: A garden\nevery: sometimes\n---\n',
    });
    const { code, stderr } = await runHere(
      place,
      'subscribers',
      'add',
      'ash@example.com',
      '--series',
      'garden',
      '--confirmed',
    );
    expect(code).toBe(3);
    expect(stderr).toContain('content/garden/_index.md:3: error:');
    expect(stderr).not.toContain('There is no series');
  });
});
