import type { Root } from 'hast';
import { expect, test } from 'vitest';
import { element, text } from '../../src/compose/article/element.ts';
import { readingTime } from '../../src/compose/reading-time.ts';

const paragraph = (words: string): Root => ({ type: 'root', children: [element('p', {}, [text(words)])] });

test.each([
  ['nothing', '', 1],
  ['a few words', 'leaf '.repeat(20), 1],
  ['220 words a minute', 'leaf '.repeat(220 * 4), 4],
  ['a word with an apostrophe or a point once', "don't 3.14 ".repeat(110 * 4), 4],
  ['500 CJK characters a minute', '葉'.repeat(500 * 4), 4],
  ['no CJK punctuation', '葉，'.repeat(500 * 4), 4],
  ['Korean by words', '흙을 '.repeat(220 * 4), 4],
  ['both together', 'leaf '.repeat(220 * 2) + '葉'.repeat(500 * 2), 4],
])('reads %s', (_, words, minutes) => {
  expect(readingTime(paragraph(words))).toBe(minutes);
});

test('code takes half as long', () => {
  const code = text('leaf '.repeat(220 * 4));
  expect(readingTime({ type: 'root', children: [element('pre', {}, [code])] })).toBe(2);
});
