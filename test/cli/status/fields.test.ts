import { afterAll, beforeAll, expect, test } from 'vitest';
import { takePresent } from '../../../src/actions/overview.ts';
import { SERIES_FIELDS, WATCH_FIELDS, type Field } from '../../../src/cli/status/fields.ts';
import { partNames } from '../../../src/cli/status/progress-bar.ts';
import { attentionJson, seriesJson } from '../../../src/cli/status/status-json.ts';
import { Observer } from '../../../src/cli/watch/observe.ts';
import { sightJson } from '../../../src/cli/watch/sight-json.ts';
import type { Attention } from '../../../src/domain/attention.ts';
import { openTestApp, type TestApp } from '../../support/app.ts';
import { ATTENTION } from '../../support/status-samples.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp({
    script: ({ at, line }) => (at === 'rcpt' && line.includes('ash@') ? '451 4.7.1 Greylisted' : undefined),
  });
  await t.write('garden', 'every: 1d', { '1-frost': 'title: Frost', '2-thaw': 'title: Thaw' });
  await t.join('garden', 'ash', 'birch', 'cedar');
  await t.schedule('garden');
  await t.settle();
});
afterAll(() => t.close());

test('every field of `status --json` has its meaning, and every meaning a field', async () => {
  const present = await takePresent(t.app);
  const [series] = present.series.map((status) => seriesJson(status, present));
  const attention = Object.values<Attention>(ATTENTION).map((one) => attentionJson(one, 'Frost'));
  expect(pathsIn({ ...series, attention })).toEqual(documented(SERIES_FIELDS));
});

test('every field of `watch --json` has its meaning, and every meaning a field', async () => {
  const ending = new AbortController();
  const watching = { name: undefined, everyMs: 1, until: ending.signal };
  for await (const sight of new Observer(t.app, watching).sights()) {
    const paths = pathsIn(sightJson(sight));
    expect(paths.filter((path) => !/^(?:series|workers)\[\]/.test(path))).toEqual(documented(WATCH_FIELDS));
    expect(paths).toContain('series[].issues[].accepted');
    ending.abort();
  }
});

test('the seven parts of the sum follow the audience, under these names', () => {
  const named = SERIES_FIELDS.map(([path]) => path);
  const begin = named.indexOf('issues[].audience') + 1;
  const parts = named.slice(begin, begin + 7).map((path) => path.replace('issues[].', ''));
  expect(parts.toSorted()).toEqual(partNames.toSorted());
});

const documented = (fields: readonly Field[]): string[] => fields.map(([path]) => path).toSorted();

/** All paths of a value as it is printed: `a`, `a.b`, `c`, `c[].d`. */
function pathsIn(value: unknown): string[] {
  const paths = new Set<string>();
  const visit = (inner: unknown, path: string): void => {
    if (Array.isArray(inner)) for (const one of inner) visit(one, `${path}[]`);
    else if (typeof inner === 'object' && inner !== null) {
      for (const [key, one] of Object.entries(inner)) {
        const deeper = path === '' ? key : `${path}.${key}`;
        paths.add(deeper);
        visit(one, deeper);
      }
    }
  };
  visit(JSON.parse(JSON.stringify(value)), '');
  return [...paths].toSorted();
}
