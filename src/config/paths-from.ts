import { isAbsolute, resolve } from 'node:path';
import { listed } from './refuse-values.ts';
import type { Setting } from './settings.ts';

/** A path as given → absolute, seen from the folder it was written in. */
export const pathFrom = (folder: string, path: string): string =>
  isAbsolute(path) ? path : resolve(folder, path);

/** The same for what may be a list: one path on a line, for a comma may stand in the folder's. */
export const pathsFrom = ({ isList }: Setting, folder: string, value: string): string =>
  (isList ? listed(value) : [value]).map((path) => pathFrom(folder, path)).join('\n');
