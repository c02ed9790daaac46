import { afterEach, describe, expect, test } from 'vitest';
import { GARDEN_FILES, isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';
import { runHere } from '../support/run-here.ts';

const BROKEN_IMAGE = '\n![A gate](javascript:x)\n';
const STRAY = '---\ntitle: "open\nseries: [A garden]\n---\nText.\n';

const ofFrost = (text: string) => text.split('\n').filter((line) => line.includes('01-frost'));

let place: Workplace;
afterEach(() => place.remove());

describe.skipIf(!isBuilt)('partwork check', () => {
  test.each([
    ['a post', { 'content/garden/02-thaw.md': '---\ntitle: Thaw\ndate: never\n---\nText.\n' }],
    ['its _index.md', { 'content/garden/_index.md': '---\ntitle: A garden\nevery: sometimes\n---\n' }],
    ['an _index.md that cannot be read', { 'content/garden/_index.md': '---\ntitle: "A garden\n---\n' }],
  ])('tells problems in the bodies of sound posts of a series with an error in %s', async (_, files) => {
    place = await openWorkplace();
    const frost = GARDEN_FILES['content/garden/01-frost.md'] + BROKEN_IMAGE;
    await place.write({ ...GARDEN_FILES, 'content/garden/01-frost.md': frost, ...files });
    const { code, stdout, stderr } = await runHere(place, 'check', 'garden');
    expect(stderr).toContain('content/garden/01-frost.md:7: ');
    expect([code, stdout]).toEqual([3, 'garden: cannot be used until its 1 error is mended\n']);
  });

  test('takes a link to a post with errors for a link to an issue', async () => {
    place = await openWorkplace();
    await place.write({
      ...GARDEN_FILES,
      'content/garden/01-frost.md': '---\ntitle: Frost\n---\nAnd then the [thaw](02-thaw.md).\n',
    });
    const sound = await runHere(place, 'check');
    await place.write({ 'content/garden/02-thaw.md': '---\ntitle: Thaw\ndate: never\n---\nText.\n' });
    const faulty = await runHere(place, 'check');
    expect(ofFrost(faulty.stderr)).toEqual(ofFrost(sound.stderr));
  });

  test.each([['check'], ['check', 'garden'], ['plan', 'garden'], ['schedule', 'garden']])(
    'and others refuse a series while a post that names it cannot be read: %s %s',
    async (...args) => {
      place = await openWorkplace();
      await place.write({ ...GARDEN_FILES, 'content/blog/late.md': STRAY });
      const { code, stderr } = await runHere(place, ...args);
      expect(stderr).toContain('its text says `series: [A garden]`.');
      expect(stderr.split('late.md').length).toBe(2);
      expect(code).toBe(3);
    },
  );

  test('of a series does not tell of posts that name another', async () => {
    place = await openWorkplace();
    const other = STRAY.replace('A garden', 'shade');
    await place.write({ ...GARDEN_FILES, 'content/blog/late.md': other });
    expect(await runHere(place, 'check', 'garden')).toMatchObject({
      code: 0,
      stdout: 'garden: "A garden", 2 issues\n',
    });
    expect((await runHere(place, 'check')).code).toBe(3);
  });
});
