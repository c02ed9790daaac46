import { isAbsolute, relative, sep } from 'node:path';

/** A path as the writer knows it: relative to the folder the command runs in, when it lies inside it; always with `/`. */
export function displayPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  const isInside = fromHere !== '..' && !fromHere.startsWith(`..${sep}`) && !isAbsolute(fromHere);
  return (isInside ? fromHere || '.' : path).split(sep).join('/');
}
