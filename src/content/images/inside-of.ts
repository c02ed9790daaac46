import { isAbsolute, relative, sep } from 'node:path';

/** The names on the way from a folder down to a path, both absolute; undefined when the path is not below the folder. */
export function insideOf(folder: string, path: string): string[] | undefined {
  const way = relative(folder, path);
  return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
    ? undefined
    : way.split(sep);
}
