import { readFileSync } from 'node:fs';

const FILES = ['../pages/colours.css', '../pages/controls.css', 'admin.css'];

/** The style of the dashboard, in the order its parts build on one another; its colours are those of the readers' pages. */
export const adminStyleSheet = (): string =>
  FILES.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n');
