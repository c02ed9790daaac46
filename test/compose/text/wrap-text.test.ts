import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textWidth } from '../../../src/compose/text/text-width.ts';
import { wrapText } from '../../../src/compose/text/wrap-text.ts';

test.each<[string, string, number, string[]]>([
  ['words', 'one two three', 8, ['one two', 'three']],
  ['CJK is two columns wide', '一二三四五六', 8, ['一二三四', '五六']],
  ['no line begins with closing punctuation', '一二三四。五', 8, ['一二三', '四。五']],
  ['nor with several', '一二三四」。', 8, ['一二三', '四」。']],
  ['no line ends with opening punctuation', '一二三「四」', 8, ['一二三', '「四」']],
  ['no line begins with a small kana', 'ああああっあ', 8, ['あああ', 'あっあ']],
  ['a dash pair stays together', '一二三——四', 7, ['一二', '三——四']],
  [
    'a URL is never broken',
    '看 <https://example.com/a/b/c> 吧',
    10,
    ['看', '<https://example.com/a/b/c>', '吧'],
  ],
  [
    'punctuation stays at the URL',
    '看<https://example.com/a>。好',
    10,
    ['看', '<https://example.com/a>。', '好'],
  ],
  ['Latin words among CJK stay whole', '我用 TypeScript 寫', 14, ['我用', 'TypeScript 寫']],
  ['a Latin word beside CJK needs no space to break', '我用TypeScript寫', 12, ['我用', 'TypeScript寫']],
  ['Korean breaks at spaces', '안녕하세요 여러분', 12, ['안녕하세요', '여러분']],
  ['a word too long for a line is cut', 'aaaaaaaaaaaa', 5, ['aaaaa', 'aaaaa', 'aa']],
  ['an emoji is never cut', '👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 4, ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦']],
  ['a newline is kept', 'one\ntwo', 20, ['one', 'two']],
])('%s', (_, text, width, lines) => {
  expect(wrapText(text, { width })).toEqual(lines);
});

test('the first line and the others begin as asked', () => {
  expect(wrapText('one two three', { width: 9, first: '1. ', rest: '   ' })).toEqual([
    '1. one',
    '   two',
    '   three',
  ]);
});

test.each(['$$ ', '。', '「'])('sixty thousand of %j are lines after all', (mark) => {
  const text = mark.repeat(60_000).trim();
  const lines = wrapText(text, { width: 72 });
  expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(400);
});

const squeezed = (text: string): string => text.replace(/\s/g, '');

describe('for any text of words and CJK', () => {
  const piece = constantFrom(
    ...'一二三「」。，（）！ab c'.split(''),
    ' ',
    '——',
    '<https://example.com/x>',
    'word',
  );
  const texts = array(piece, { maxLength: 80 }).map((pieces) => pieces.join(''));
  test('nothing but spaces is lost', () => {
    assert(
      property(texts, (text) => {
        expect(squeezed(wrapText(text, { width: 20 }).join(''))).toBe(squeezed(text));
      }),
    );
  });

  test('a line is too wide only when it holds what cannot be broken', () => {
    assert(
      property(texts, (text) => {
        const tooWide = wrapText(text, { width: 40 }).filter((line) => textWidth(line) > 40);
        for (const line of tooWide) expect(line).toMatch(/<https|[「（。，！）」—]/);
      }),
    );
  });

  test('no line but the first begins with closing punctuation', () => {
    assert(
      property(texts, (text) => {
        for (const line of wrapText(text, { width: 20 }).slice(1)) expect(line).not.toMatch(/^[。，」）！]/);
      }),
    );
  });
});
