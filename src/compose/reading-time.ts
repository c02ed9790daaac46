import type { Nodes, Root } from 'hast';
import { CJK_CHARACTER } from './article/cjk-character.ts';
import { isElement, textOf } from './article/element.ts';

const CJK_PER_MINUTE = 500;
const WORDS_PER_MINUTE = 220;
/** Code is looked over more than read. */
const CODE_WEIGHT = 0.5;

const EVERY_CJK_LETTER = new RegExp(`(?!\\p{P})${CJK_CHARACTER.source}`, 'gu');
const WORD = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;

/** Whole minutes, at least one, that somebody takes to read an article: CJK text by characters, everything else by words. */
export const readingTime = (article: Root): number => Math.max(1, Math.round(minutesOf(article)));

function minutesOf(node: Nodes): number {
  if (isElement(node, 'pre')) return CODE_WEIGHT * minutesFor(textOf(node));
  if (node.type === 'text') return minutesFor(node.value);
  return 'children' in node ? node.children.reduce((sum, child) => sum + minutesOf(child), 0) : 0;
}

function minutesFor(text: string): number {
  const letters = text.match(EVERY_CJK_LETTER)?.length ?? 0;
  const words = text.replace(EVERY_CJK_LETTER, ' ').match(WORD)?.length ?? 0;
  return letters / CJK_PER_MINUTE + words / WORDS_PER_MINUTE;
}
