import { expect, test } from 'vitest';
import { gatheredProblems } from '../../src/domain/gathered-problems.ts';
import { formatProblem, type Problem } from '../../src/domain/problem.ts';
import { articleOf, withoutSite } from '../compose/article/article-of.ts';

const FIRST = 'content/garden/02-soil.md';
const SECOND = 'content/garden/03-seeds.md';

const lines = (problems: readonly Problem[]): string[] => gatheredProblems(problems).map(formatProblem);
const times = (n: number, of: (n: number) => string): string =>
  Array.from({ length: n }, (_, index) => of(index + 1)).join('\n\n');
const found = (body: string, options: Parameters<typeof articleOf>[1] = {}) =>
  articleOf(body, options).problems;

const noAlt = (n: number): string => times(n, (i) => `![](https://example.com/${i}.png)`);

test.each([
  [
    'images without words',
    found(noAlt(4)),
    `${FIRST}:5: warning: 4 images have no alternative text, which is all that many readers get of them, the first on line 5 (also 7, 9, 11). Write`,
  ],
  ['a great many of them', found(noAlt(30)), 'the first on line 5 (also 7, 9, 11, 13, 15, …). Write'],
  [
    'all on one line',
    found(noAlt(4).replaceAll('\n\n', ' ')),
    '4 images have no alternative text, which is all that many readers get of them, all on line 5.',
  ],
  [
    'tags of one name',
    found(times(4, (i) => `{% gp ${i} %}`)),
    '4 tags like {% gp 1 %} are not understood, the first on line 5 (also 7, 9, 11). Write',
  ],
  [
    'places of the blog without its address',
    [
      ...found(
        times(3, (i) => `[a](/a/${i}/) ![b](/b/${i}.png)`),
        withoutSite,
      ),
      ...found('[c](/c/)', { ...withoutSite, file: SECOND }),
    ],
    'partwork.yaml: warning: 4 links and 3 images in 2 posts are relative to the blog, whose address is not known. Set SITE_URL to the address of the blog.',
  ],
])('one line stands for %s', (_, problems, line) => {
  expect(problems.length).toBeGreaterThan(3);
  expect(lines(problems)).toEqual([expect.stringContaining(line)]);
});

test.each([
  ['three of a kind', found(noAlt(3))],
  ['three in each of two posts', [...found(noAlt(3)), ...found(noAlt(3), { file: SECOND })]],
  ['tags of several names', found('{% gp %}\n\n{% np 1 %}\n\n{% qp %}\n\n{% rp %}')],
  ['other rules', found(times(5, (i) => `[x](#none-${i})`))],
  [
    'three places of the blog',
    found(
      times(3, (i) => `[a](/a/${i}/)`),
      withoutSite,
    ),
  ],
  [
    'what has no rule',
    times(5, String)
      .split('\n\n')
      .map((message): Problem => ({ severity: 'error', file: FIRST, message })),
  ],
])('%s are told one by one', (_, problems) => {
  expect(problems.length).toBeGreaterThan(2);
  expect(gatheredProblems(problems)).toEqual(problems);
});

const rules = (told: readonly Problem[]) => told.map(({ severity, rule, line }) => [severity, rule, line]);

test('errors are not among warnings, and a line stands where its first problem stood', () => {
  const problems = found(`{% gp %}\n\n${noAlt(4)}\n\n{% np %}`);
  const errors = problems.map((problem): Problem => ({ ...problem, severity: 'error' }));
  expect(rules(gatheredProblems([...problems, ...errors]))).toEqual(
    ['warning', 'error'].flatMap((severity) => [
      [severity, 'template-syntax', 5],
      [severity, 'template-syntax', 15],
      [severity, 'alt-text', 7],
    ]),
  );
});
