import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { GARDEN_FILES, isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';
import { runHere } from '../support/run-here.ts';

let place: Workplace;
afterEach(() => place.remove());

describe.skipIf(!isBuilt)('partwork', () => {
  test.each([
    [['--help'], 0, 'Usage: partwork'],
    [['--version'], 0, '.'],
    [[], 2, 'Usage: partwork'],
    [['shedule'], 2, "unknown command 'shedule'\n(Did you mean schedule?)"],
    [['render', 'garden'], 2, "missing required argument 'issue'"],
  ])('%j exits with %i', async (args, code, words) => {
    place = await openWorkplace();
    const ran = await place.run(...args);
    expect(ran.code).toBe(code);
    expect(ran.stdout + ran.stderr).toContain(words);
  });

  test('check tells every problem with file and line, in one go, and exits with 3', async () => {
    place = await openWorkplace();
    await place.write({
      ...GARDEN_FILES,
      'content/garden/02-thaw.md': '---\ntitle: Thaw\ndate: 2026-13-45\nnewsletter:\n  subjekt: Oh\n---\n',
      'content/garden/_index.md': '---\ntitle: A garden\nevery: sometimes\n---\n',
    });
    const { code, stderr } = await place.run('check');
    expect(code).toBe(3);
    expect(stderr).toContain('content/garden/_index.md:3: error:');
    expect(stderr).toContain('content/garden/02-thaw.md:3: error:');
    expect(stderr).toContain('content/garden/02-thaw.md:5: error:');
    expect(stderr).toContain('subject');
  });

  test('check --json gives scripts the same; of a series that is not there it names those that are', async () => {
    place = await openWorkplace();
    await place.write(GARDEN_FILES);
    const { code, stdout } = await runHere(place, 'check', 'garden', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      series: [
        {
          series: 'garden',
          issues: [
            { id: 'frost', number: 1 },
            { id: 'thaw', number: 2 },
          ],
        },
      ],
    });
    expect(await runHere(place, 'check', 'gardne')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('There is: garden.'),
    });
  });

  test.each(['frost', '1'])('render by id or number (%s) writes the three files', async (issue) => {
    place = await openWorkplace();
    await place.write(GARDEN_FILES);
    const { code, stdout } = await runHere(place, 'render', 'garden', issue, '--out', 'out');
    expect([code, stdout]).toEqual([0, 'out/issue.html\nout/issue.txt\nout/issue.eml\n']);
    const read = (name: string) => readFile(join(place.folder, 'out', name), 'utf8');
    expect(await read('issue.html')).toContain('The first frost.');
    expect(await read('issue.txt')).toContain('The first frost.');
    expect(await read('issue.eml')).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  });

  test.each([
    [{ PORT: 'eighty' }, '(environment): error: PORT: "eighty" is not a port number'],
    [{ PARTWORK_SECRET: 'short' }, 'PARTWORK_SECRET: its value is not at least 16 characters'],
    [{ PARTWORK_DKIM_DOMAIN: 'example.com' }, 'DKIM needs a domain, a selector and a key file'],
  ])('a wrong setting (%j) exits with 78 and says what was expected', async (env, words) => {
    place = await openWorkplace(env);
    const { code, stderr } = await runHere(place, 'check');
    expect(code).toBe(78);
    expect(stderr).toContain(words);
  });

  test('settings come from partwork.yaml, .env wins over it, the environment over both; unknown ones are told', async () => {
    place = await openWorkplace({ PARTWORK_CONTENT: 'third' });
    await place.write({ 'partwork.yaml': 'content: first\n', '.env': 'PARTWORK_CONTENT=second\n' });
    expect((await runHere(place, 'check')).stderr).toContain('third');
    await place.write({ 'partwork.yaml': 'content: first\nsiteurl: x\n' });
    expect(await runHere(place, 'check')).toMatchObject({
      code: 78,
      stderr: expect.stringContaining('partwork.yaml:2: error: "siteurl" is not a setting.'),
    });
  });
});
