import { readFileSync } from 'node:fs';

const FILES = [
  'colours.css',
  'ground.css',
  'frame.css',
  'controls.css',
  'books.css',
  'series.css',
  'article.css',
  'prose.css',
  'blocks.css',
  '../reader/reader.css',
  'print.css',
];

/** The style of the pages that readers see, in the order its parts build on one another. */
export const styleSheet = (): string =>
  FILES.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n');
