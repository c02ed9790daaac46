import type { RootContent, Text } from 'mdast';
import { reportNotUnderstood } from '../not-understood.ts';
import { text } from '../markdown-nodes.ts';
import type { HeldMeanings } from './held-meanings.ts';

/** A text node → the same with the nodes that its tags stand for. */
export function tagsIn(node: Text, tags: HeldMeanings): readonly RootContent[] {
  if (!tags.marks.isIn(node.value)) return [node];
  const nodes: RootContent[] = [];
  for (const part of partsOf(node.value, tags)) {
    if (typeof part === 'number') nodes.push(...tags.nodes(part));
    else if (part !== '') nodes.push({ ...text(part), ...(node.position && { position: node.position }) });
  }
  return nodes;
}

/** A string with the words that its tags stand for. The first that is no words is `unknown`, and told unless the caller does. */
export function wordsIn(
  value: string,
  tags: HeldMeanings,
  isTold = true,
): { readonly words: string; readonly unknown?: number } {
  if (!tags.marks.isIn(value)) return { words: value };
  let unknown: number | undefined;
  const words = partsOf(value, tags).map((part) => {
    if (typeof part === 'string') return part;
    const meant = tags.words(part);
    if (meant === undefined) unknown ??= part;
    return meant ?? '';
  });
  if (unknown === undefined) return { words: words.join('') };
  if (isTold) reportNotUnderstood(tags.tag(unknown), 'nothing', tags.reader.report);
  return { words: words.join(''), unknown };
}

/** Strings, and the numbers of the tags between them. */
export function partsOf(value: string, { marks }: HeldMeanings): (string | number)[] {
  const whole = value.replace(marks.continuation, '');
  const parts: (string | number)[] = [];
  let at = 0;
  for (const match of whole.matchAll(marks.pattern)) {
    parts.push(whole.slice(at, match.index), Number(match.groups?.['tag']));
    at = match.index + match[0].length;
  }
  return [...parts, whole.slice(at)];
}
