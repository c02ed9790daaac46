const SIGN = /["\\\n{}]/g;

/**
 * Where the object at the beginning of a file ends: right behind its `}`. Braces inside strings do not count; a string ends with its
 * line at the latest, so that one that is never closed hides nothing but its line. Undefined when the object is never closed.
 */
export function endOfJsonHead(file: string): number | undefined {
  let depth = 0;
  let isInString = false;
  let escaped = -1;
  for (const { 0: sign, index } of file.matchAll(SIGN)) {
    if (index === escaped) continue;
    if (sign === '\\') escaped = index + 1;
    else if (sign === '\n') isInString = false;
    else if (sign === '"') isInString = !isInString;
    else if (!isInString) depth += sign === '{' ? 1 : -1;
    if (depth === 0 && sign === '}') return index + 1;
  }
  return undefined;
}
