import { array, assert, asyncProperty, boolean, constantFrom } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPublicSite, type PublicSite } from './public-site.ts';

const CANARY = 'quetzalcoatlus';
const NOW = new Date('2026-06-01T09:00:00Z');

/** `HOSTILE_PART=all` looks at three times as many. */
const RUNS = process.env['HOSTILE_PART'] === 'all' ? 12 : 4;

let site: PublicSite;

beforeAll(async () => {
  site = await openPublicSite({ from: NOW });
});
afterAll(() => site.close());

/** A post by what may keep it from readers. */
type Kind = 'out' | 'ahead' | 'draft' | 'taken out';

const post = (kind: Kind, n: number): string => {
  const isSecret = kind !== 'out';
  const words = isSecret ? CANARY : 'plain';
  const release = kind === 'ahead' ? 'date: 2026-07-01\n' : '';
  const draft = kind === 'draft' ? 'draft: true\n' : '';
  return `---\ntitle: Post ${n} ${words}\ndescription: ${words}\nslug: post-${n}-${words}\n${release}${draft}---\n\nSome ${words}.\n`;
};

test(
  'nothing of what is not out is anywhere, whatever a series is made of',
  { timeout: 60_000 },
  async () => {
    let nth = 0;
    let looked = 0;
    await assert(
      asyncProperty(
        array(constantFrom<Kind>('out', 'ahead', 'draft', 'taken out'), { minLength: 1, maxLength: 6 }),
        boolean(),
        async (kinds, hasBegun) => {
          const series = `series-${(nth += 1)}`;
          await site.writeFiles(series, {
            '_index.md': `---\ntitle: ${series}\nevery: 1d\n---\n`,
            ...filesOf(kinds),
          });
          const startAt = hasBegun ? NOW.getTime() : NOW.getTime() + 86_400_000;
          if ((await site.schedule(series, { startAt })) !== 'scheduled') return;
          looked += 1;
          await takeOut(series, kinds);
          await site.schedule(series);

          for (const path of pathsOf(series, kinds)) {
            const answer = await site.get(path);
            const said = `${await answer.text()} ${JSON.stringify([...answer.headers])}`;
            const isThere = !path.includes('/post-') || (hasBegun && path.endsWith('-plain'));
            expect({ path, leaks: said.includes(CANARY) }).toEqual({ path, leaks: false });
            expect({ path, status: answer.status }).toEqual({ path, status: isThere ? 200 : 404 });
          }
        },
      ),
      { numRuns: RUNS },
    );
    expect(looked).toBeGreaterThanOrEqual(RUNS / 4);
  },
);

const filesOf = (kinds: readonly Kind[]): Record<string, string> =>
  Object.fromEntries(kinds.map((kind, at) => [`${at + 1}.md`, post(kind, at + 1)]));

/** Posts that were there when the series was scheduled first, and become drafts. */
async function takeOut(series: string, kinds: readonly Kind[]): Promise<void> {
  const drafts = kinds.flatMap((kind, at): [string, string][] =>
    kind === 'taken out' ? [[`${at + 1}.md`, post('draft', at + 1)]] : [],
  );
  await site.writeFiles(series, Object.fromEntries(drafts));
}

function pathsOf(series: string, kinds: readonly Kind[]): string[] {
  const shared = ['/', '/sitemap.xml', `/s/${series}`, `/s/${series}?lang=zh-Hant`, `/s/${series}/feed.xml`];
  return [
    ...shared,
    ...kinds.map((kind, at) => `/s/${series}/post-${at + 1}-${kind === 'out' ? 'plain' : CANARY}`),
  ];
}
