import type { Code, InlineCode } from 'mdast';
import type { HeldMeanings } from './held-meanings.ts';
import { asCode } from './shown-as-code.ts';

/** Puts what the writer wrote back into code, byte for byte, but for what only kept the generator from running it. */
export function restoreCode(node: Code | InlineCode, tags: HeldMeanings): void {
  node.value = asWritten(node.value, tags);
  if (node.type !== 'code') return;
  if (typeof node.lang === 'string') node.lang = asWritten(node.lang, tags);
  if (typeof node.meta === 'string') node.meta = asWritten(node.meta, tags);
}

export function asWritten(value: string, tags: HeldMeanings): string {
  if (!tags.marks.isIn(value)) return value;
  return value
    .split('\n')
    .flatMap((line) => lineAsWritten(line, tags))
    .join('\n');
}

function lineAsWritten(line: string, { marks, reader, source }: HeldMeanings): string[] {
  let written = '';
  const restored = line.replace(marks.pattern, (...match) => {
    const { tag, line } = match.at(-1) as Record<'tag' | 'line', string>;
    const found = source(Number(tag), Number(line));
    written += found;
    return asCode(found, reader.place.issue);
  });
  if (restored.trim() !== '' || line === '') return [restored];
  // An empty line of a tag; else one that only held what is not shown.
  return written === '' ? [''] : [];
}
