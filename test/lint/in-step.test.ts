import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences } from '../../src/lint/in-step/differences.ts';
import { lettersOf, wordsAt, type Letters } from '../../src/lint/in-step/letters.ts';
import { textLetters } from '../../src/lint/in-step/text-letters.ts';

const plain = (text: string): Letters => lettersOf(text, []);

/** `-only here` and `+only there`, in their order. */
const compared = (first: Letters, second: Letters): string[] =>
  differences(first, second).map(({ in: which, start, end }) =>
    which === 'first' ? `-${wordsAt(first, start, end)}` : `+${wordsAt(second, start, end)}`,
  );

describe('two texts', () => {
  test.each([
    ['are alike with other marks and spaces', 'Bring the pots in, now.', 'Bring *the* pots\nin: now', []],
    [
      'differ by a word',
      'Bring the clay pots in before the frost',
      'Bring the pots in before the frost',
      ['-clay'],
    ],
    [
      'differ by a letter, told as its word',
      'Bring in the pots before the frost',
      'Bring in the pits before the frost',
      ['-pots', '+pits'],
    ],
    [
      'differ by CJK characters',
      '霜降之後，收好所有的花盆和工具。',
      '霜降之後，收好花盆和工具。',
      ['-所有的'],
    ],
    ['differ at the beginning', 'Hello you, bring the pots in', 'bring the pots in', ['-Hello you']],
    ['differ at the end', 'bring the pots in', 'bring the pots in, please', ['+please']],
    ['have nothing in common', 'abc', 'xyz', ['-abc', '+xyz']],
    ['are empty', '', '', []],
    ['differ where one is empty', 'pots', '', ['-pots']],
    [
      'differ in two places',
      'one two three four five six seven',
      'one three four five six eight seven',
      ['-two', '+eight'],
    ],
    [
      'differ by far more than is near',
      `start here ${'x'.repeat(9_000)} and go on from here`,
      'start here and go on from here',
      [`-${'x'.repeat(9_000)}`],
    ],
  ])('%s', (_, first, second, told) => {
    expect(compared(plain(first), plain(second))).toEqual(told);
    const mirrored = told.map((one) => (one.startsWith('-') ? '+' : '-') + one.slice(1));
    expect(compared(plain(second), plain(first)).toSorted()).toEqual(mirrored.toSorted());
  });
});

describe('a text part may have what the HTML has not:', () => {
  test.each([
    ['addresses', 'the thaw comes', 'the thaw <https://blog.example.com/thaw/> comes', []],
    ['image labels over lines', 'pots', '[Image: a\nfrozen pot]\npots', []],
    ['numbers of lists and quotes', 'Water Cover Prune', '1. Water\n 10. Cover\n> 3. Prune', []],
    ['the mark of the current entry', 'Thaw Frost', '  1. Thaw\n→ 2. Frost', []],
    [
      'headings before values',
      'Tea 3 Nut 4',
      'Plant: Tea\nCold: 3\n\nPlant: Nut\nCold: 4',
      ['Plant', 'Cold'],
    ],
    [
      'headings of several words and marks',
      'Tea yes',
      'Plant *name* (short): Tea\nIn: yes',
      ['Plant name (short)', 'In'],
    ],
  ])('%s', (_, html, text, headings) => {
    expect(compared(plain(html), textLetters(text, [headings]))).toEqual([]);
  });

  test.each([
    ['a number in a sentence', 'the year is cold', 'the year 2026 is cold', '+2026'],
    ['words in parentheses', 'the year is cold', 'the year (so they say) is cold', '+so they say'],
    ['a heading in a sentence', 'it is cold', 'it is cold, Plant', '+Plant'],
  ])('but not %s', (_, html, text, told) => {
    expect(compared(plain(html), textLetters(text, [['Plant']]))).toEqual([told]);
  });
});

const words = fc.array(fc.stringMatching(/^[a-z霜降花盆]{1,9}$/), { maxLength: 60 });

test('a text never differs from itself, however it is marked and wrapped', () => {
  fc.assert(
    fc.property(words, fc.constantFrom(' ', '\n', ' *', '`, ', '\n> '), (all, between) => {
      expect(compared(plain(all.join(' ')), plain(all.join(between)))).toEqual([]);
    }),
  );
});

const rest = (text: Letters, which: 'first' | 'second', found: ReturnType<typeof differences>): string =>
  found
    .filter((one) => one.in === which)
    .toReversed()
    .reduce((letters, { start, end }) => letters.slice(0, start) + letters.slice(end), text.letters);

test('what is left of a text after its differences is the same in both', () => {
  fc.assert(
    fc.property(words, words, (one, other) => {
      const [first, second] = [plain(one.join(' ')), plain(other.join(' '))];
      const found = differences(first, second);
      expect(rest(first, 'first', found)).toBe(rest(second, 'second', found));
    }),
  );
});
