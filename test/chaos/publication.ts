import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PublicationPlan {
  readonly readers: number;
  readonly issues: number;
}

/** A series of our own writing and who reads it. */
export interface Publication {
  readonly series: string;
  /** Ids in order. */
  readonly issues: readonly string[];
  readonly audience: readonly string[];
  /** The readers as a CSV file. */
  readonly readersFile: string;
}

const SERIES = 'tides';
const PARAGRAPH =
  'The harbour has a board with the hours of high water, and every morning somebody wipes it with a sleeve. ';
const PARAGRAPHS = 12;
/** Servers differ, and readers are spread over them. */
const DOMAINS = 8;

/** Writes a series without gaps, and a file of readers, into the folder. */
export function writePublication(folder: string, { readers, issues }: PublicationPlan): Publication {
  const home = join(folder, 'content', SERIES);
  mkdirSync(home, { recursive: true });
  const head = ['title: Tides', 'from: Harbour Letters <harbour@example.com>', 'every: 0'];
  writeFileSync(join(home, '_index.md'), `---\n${head.join('\n')}\n---\n`);
  const ids = Array.from({ length: issues }, (_, index) => `water-${index + 1}`);
  for (const [index, id] of ids.entries())
    writeFileSync(join(home, `0${index + 1}-${id}.md`), post(index, id));

  const audience = Array.from({ length: readers }, (_, n) => addressOf(n));
  const readersFile = join(folder, 'readers.csv');
  writeFileSync(readersFile, ['email,name', ...audience.map((to, n) => `${to},Reader ${n}`)].join('\n'));
  return { series: SERIES, issues: ids, audience, readersFile };
}

const addressOf = (n: number): string =>
  `reader-${String(n).padStart(6, '0')}@mail-${n % DOMAINS}.example.com`;

const post = (index: number, id: string): string =>
  `---\ntitle: High water ${index + 1}\nid: ${id}\n---\n\n${`${PARAGRAPH}\n\n`.repeat(PARAGRAPHS)}`;
