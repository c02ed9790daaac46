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

const shown = (headings: readonly string[] = [], imageAlts: readonly string[] = []) => ({
  headingRows: [headings],
  imageAlts,
});

describe('a text part may have what the HTML has not:', () => {
  test.each([
    ['addresses', 'the thaw comes', 'the thaw <https://blog.example.com/thaw/> comes', shown()],
    ['image labels over lines', 'pots', '[Image: a\nfrozen pot]\npots', shown([], ['a frozen pot'])],
    ['image labels in Chinese over lines', '盆', '[圖：結了\n冰的花盆]\n盆', shown([], ['結了冰的花盆'])],
    ['image labels with brackets', 'pots', '[Image: pots[0] (cold)]\npots', shown([], ['pots[0] (cold)'])],
    ['labels of images with other words', 'pots', '[Image:\n  a pot]\npots', shown([], ['one'])],
    ['image labels without words', 'pots', '[Image]\npots', shown([], [''])],
    ['numbers of notes', 'pots Late', 'pots[1]\n\n[1] Late', shown()],
    ['numbers of lists and quotes', 'Water Cover Prune', '1. Water\n 10. Cover\n> 3. Prune', shown()],
    ['numbers of lists in lists', 'Water 100 Prune', '- 1. Water\n  2. 1. 100 Prune', shown()],
    ['the mark of the current entry', 'Thaw Frost', '  1. Thaw\n→ 2. Frost', shown()],
    [
      'headings before values',
      'Tea 3 Nut 4',
      'Plant: Tea\nCold: 3\n\nPlant: Nut\nCold: 4',
      shown(['Plant', 'Cold']),
    ],
    [
      'headings of several words and marks',
      'Tea yes',
      'Plant *name* (short): Tea\nIn: yes',
      shown(['Plant name (short)', 'In']),
    ],
    [
      'headings over two lines',
      'Tea yes',
      '> Plant name and\n>   family: Tea\n> In: yes',
      shown(['Plant name and family', 'In']),
    ],
    ['a heading in Chinese over two lines', '茶', '植物的\n  名稱: 茶', shown(['植物的名稱'])],
    [
      'a heading that is a link',
      'Tea',
      'Plant <https://example.org/a:b>\n  name: Tea',
      shown(['Plant name']),
    ],
  ])('%s', (_, html, text, otherwise) => {
    expect(compared(plain(html), textLetters(text, otherwise))).toEqual([]);
  });

  test.each([
    ['settings', '["@babel/preset-env", "x"] and ["@babel/preset-env", { a: ["b"] }]'],
    ['sections', '[params.page] [params.page.library] [[menu.main]] [[menu.main]] identifier'],
    ['places for files', '[<input.css>:<output.css>] [<input/>:<output/>]'],
    ['addresses', '<https://example.org/a> <https://example.org/a/b> <xsl:template>'],
    ['numbers', 'a[1] [1] [1] [2] 1[1]'],
    ['a word in brackets', '[tag] [tag] tag'],
  ])('and code with %s is no decoration', (_, code) => {
    expect(compared(plain(code), textLetters(code, shown(['tag', 'a'], ['', 'tag'])))).toEqual([]);
  });

  test('and words in brackets may have addresses behind them', () => {
    const text = 'pots [see the <https://example.com/a> one or two <https://example.com/b>] in';
    expect(compared(plain('pots [see the one or two] in'), textLetters(text, shown()))).toEqual([]);
  });

  test.each([
    ['a number in a sentence', 'the year is cold', 'the year 2026 is cold', '+2026'],
    ['words in parentheses', 'the year is cold', 'the year (so they say) is cold', '+so they say'],
    ['words in brackets', 'the year is cold', 'the year [so they say] is cold', '+so they say'],
    ['a heading in a sentence', 'it is cold', 'it is cold, Plant', '+Plant'],
  ])('but not %s', (_, html, text, told) => {
    expect(compared(plain(html), textLetters(text, shown(['Plant'])))).toEqual([told]);
  });
});

const words = fc.array(fc.stringMatching(/^[a-z霜降花盆]{1,9}$/), { maxLength: 60 });

describe('an optional run is found whatever stands around it:', () => {
  test.each([
    [
      'one of each at the same place',
      'soil loam soil loam',
      [[0, 9]],
      '1. soil  loam\n   soil  loam',
      shown(),
    ],
    ['a number before a number', '3,000 pots', [], '3. 3,000 pots', shown()],
    [
      'a number and an image before a number',
      '3,000 pots',
      [],
      '3. [Image: pot] 3,000 pots',
      shown([], ['pot']),
    ],
    ['numbers in numbers', '3,000 30 1', [], '3. 1. 3,000\n   2. 3. 30\n   3. 1. 1', shown()],
    ['a heading as its value', 'tea tea tea, it is', [[0, 3]], 'tea\n---\ntea\n\n1. tea, it is', shown()],
    [
      'headings as their values',
      'soil loam loam soil 2',
      [
        [0, 4],
        [5, 9],
      ],
      '2. loam  soil\n   2',
      shown(),
    ],
    ['an image as the words after it', 'pot pot pots', [[0, 3]], '[Image: pot] pot pots', shown([], ['pot'])],
  ] as const)('%s', (_, html, optional, text, otherwise) => {
    expect(compared(lettersOf(html, optional), textLetters(text, otherwise))).toEqual([]);
  });
});

/** Words of few letters, so that many look like their neighbours; some are optional. */
const marked = fc.array(fc.record({ word: fc.stringMatching(/^[ab1]{1,3}$/), isOptional: fc.boolean() }), {
  maxLength: 60,
});
type Marked = readonly { readonly word: string; readonly isOptional: boolean }[];

function markedLetters(all: Marked): Letters {
  const optional: [number, number][] = [];
  let text = '';
  for (const { word, isOptional } of all) {
    if (isOptional) optional.push([text.length, text.length + word.length]);
    text += `${word} `;
  }
  return lettersOf(text, optional);
}

/** Two texts of the same words, but each lacks some of those that are optional in the other. */
const sameBothWays = marked.chain((all) =>
  fc
    .array(fc.constantFrom('both', 'first', 'second'), { minLength: all.length, maxLength: all.length })
    .map(
      (where) =>
        [
          markedLetters(all.filter(({ isOptional }, index) => !isOptional || where[index] !== 'second')),
          markedLetters(all.filter(({ isOptional }, index) => !isOptional || where[index] !== 'first')),
        ] as const,
    ),
);

test('optional runs are no difference, however many follow one another and however alike they are', () => {
  fc.assert(
    fc.property(sameBothWays, ([first, second]) => {
      expect(compared(first, second)).toEqual([]);
    }),
  );
});

test('a word that is not optional and only one has is a difference, whatever is optional around it', () => {
  fc.assert(
    fc.property(marked, marked, fc.boolean(), (before, after, isInFirst) => {
      const all = markedLetters([...before, ...after]);
      const more = markedLetters([...before, { word: 'zz', isOptional: false }, ...after]);
      const found = isInFirst ? compared(more, all) : compared(all, more);
      expect(found.join(' ')).toContain('zz');
    }),
  );
});

test.each(['1 ', '1. 1\n', '[1] '])(
  '%j said ten thousand times is not looked through without end',
  (said) => {
    const [first, second] = [`${said.repeat(10_000)} pots`, `${said.repeat(10_000)} loam`];
    const found = differences(plain(first), textLetters(second, shown()));
    expect(found.length).toBeGreaterThan(0);
  },
);

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
