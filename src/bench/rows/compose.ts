import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStudio } from '../../app/studio.ts';
import { loadConfig } from '../../config.ts';
import { formatProblem, isError } from '../../domain/problem.ts';
import type { Bench, Row } from '../bench.ts';
import { figure } from '../figure.ts';
import { monotonicMs } from '../monotonic-ms.ts';
import { samplePost, SERIES_HEAD } from '../sample-post.ts';
import { WrongResult } from '../wrong-result.ts';

const POSTS = 60;
const QUICK_POSTS = 3;

/** From Markdown to a rendered issue: from nothing, and again with nothing changed. */
export const compose: Row = {
  name: 'compose',
  title: 'Composing issues',
  seconds: ({ rounds }) => 2 + rounds * POSTS * 0.02,
  async run(bench) {
    const posts = bench.isQuick ? QUICK_POSTS : POSTS;
    const [cold, again]: [number[], number[]] = [[], []];
    for (let round = 1; round <= bench.rounds; round++) {
      bench.progress(`compose: round ${round} of ${bench.rounds}`);
      const folder = await plantPosts(bench, posts);
      cold.push((await composeAll(folder, posts)) / posts);
      again.push((await composeAll(folder, posts)) / posts);
    }
    return [
      figure('compose/cold', `an issue of ${posts}, from nothing`, 'ms', cold),
      figure('compose/again', 'the same, nothing changed', 'ms', again),
    ];
  },
};

async function plantPosts(bench: Bench, posts: number): Promise<string> {
  const folder = await bench.workshop.folder();
  const home = join(folder, 'content', 'sample');
  await mkdir(home, { recursive: true });
  await writeFile(join(home, '_index.md'), SERIES_HEAD);
  for (let n = 1; n <= posts; n++) await writeFile(join(home, `${n}-letter.md`), samplePost(n));
  return folder;
}

/** ms. */
async function composeAll(folder: string, posts: number): Promise<number> {
  const config = loadConfig(folder, { PARTWORK_POSTAL_ADDRESS: '1 Bench Lane' });
  if (Array.isArray(config)) throw new Error(config.map(formatProblem).join('\n'));
  const studio = openStudio(config);
  const [series] = (await studio.load()).series;
  if (series?.issues.length !== posts) throw new WrongResult('Not all posts of the bench were found.');
  const composer = await studio.composer();
  const began = monotonicMs();
  for (const issue of series.issues) {
    const { problems } = await composer.renderIssue(series, issue);
    if (problems.some(isError)) throw new WrongResult(problems.map(formatProblem).join('\n'));
  }
  return monotonicMs() - began;
}
