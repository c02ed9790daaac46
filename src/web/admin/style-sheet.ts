import { readFileSync } from 'node:fs';

const FILES = [
  '../pages/colours.css',
  '../pages/controls.css',
  '../pages/ground.css',
  'type.css',
  'admin.css',
  'charts/charts.css',
  'charts/tables.css',
  'pages/board.css',
  'actions/acts.css',
  'pages/figures.css',
  'pages/issues.css',
  'pages/story.css',
];

/** The style of the dashboard, in the order its parts build on one another; its colours are those of the readers' pages. */
export const adminStyleSheet = (): string =>
  FILES.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n');
