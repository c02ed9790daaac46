import { expect, test } from 'vitest';
import { complaints, keyLines, plain, read } from './read-head.ts';

const EVERYTHING = `{
  "title": "Frost \\"and\\" {snow}",
  "date": "2026-01-28",
  "weight": 1.50e1, "draft": false, "nothing": null,
  "tags": ["one", ["two"],

    "three"],
  "empty": {}, "none": [],
  "cover": {
    "image": "/a.jpg\\u0041" }
}
Text.
`;

test('values keep their kind, and every key and item knows its line', () => {
  const { data, body, bodyLine } = read(EVERYTHING);
  expect(plain(data)).toEqual(JSON.parse(EVERYTHING.slice(0, -'Text.\n'.length)));
  expect(keyLines(data)).toEqual([
    'title@2',
    'date@3',
    'weight@4',
    'draft@4',
    'nothing@4',
    'tags@5',
    'empty@8',
    'none@8',
    'cover@9',
    'cover.image@10',
  ]);
  expect(data.fields.get('tags')?.value).toMatchObject({ items: [{ line: 5 }, { line: 5 }, { line: 7 }] });
  expect(data.fields.get('weight')?.value).toMatchObject({ text: '1.50e1', value: 15 });
  expect({ body, bodyLine }).toEqual({ body: 'Text.\n', bodyLine: 12 });
});

test.each([
  ['{\n"a": 1,\n}', '3: error: The front matter is not valid JSON: A comma stands before `}`. Delete'],
  ['{\n"a": [1,\n]\n}', '3: error: The front matter is not valid JSON: A comma stands before `]`.'],
  [
    '{\n"a": 1\n"b": 2\n}',
    '3: error: The front matter is not valid JSON: There is no comma between two keys.',
  ],
  [
    '{\n"a": ["b"\n"c"]\n}',
    '3: error: The front matter is not valid JSON: There is no comma between two items',
  ],
  ['{\n"a" 1\n}', '2: error: The front matter is not valid JSON: There is no colon after a key.'],
  ['{\n"a":\n}', '3: error: The front matter is not valid JSON: A key has no value.'],
  ['{\na: 1\n}', '2: error: The front matter is not valid JSON: A key has no double quotes.'],
  ["{\n'a': 1\n}", '2: error: The front matter is not valid JSON: JSON has double quotes only.'],
  ['{\n"a": 1, // why\n"b": 2\n}', '2: error: The front matter is not valid JSON: JSON has no comments.'],
  [
    '{\n"a": "b\n}',
    '2: error: The front matter is not valid JSON: A quotation mark is opened and never closed.',
  ],
  ['{\n"a": "\\d"\n}', '2: error: The front matter is not valid JSON: A backslash begins an unknown escape'],
  ['{\n"a": "\\T"\n}', '2: error: The front matter is not valid JSON: A backslash begins an unknown escape'],
  ['{\n"a": "b\tc"\n}', '2: error: The front matter is not valid JSON: A tab stands inside quotes.'],
  [
    '{\n"a": Frost\n}',
    '2: error: The front matter is not valid JSON: A value is neither in double quotes nor',
  ],
  ['{\n"a": 01\n}', '2: error: The front matter is not valid JSON: A value is neither in double quotes nor'],
  ['{\n"a": [1}\n}\n]}', '2: error: The front matter is not valid JSON: There is no comma between two items'],
  ['{\n"a": 1,\n"a": 2\n}', '3: error: `a` is already given on line 2.'],
  ['{\n"a": {"b": 1,\n"B": 2}\n}', '3: error: `B` is already given on line 2 (as `b`'],
  ['{\n"__proto__": {"x": 1}\n}', '2: error: The key `__proto__` is refused.'],
  ['{\n"a": [{"constructor": 1}]\n}', '2: error: The key `constructor` is refused.'],
  ['{\n"\\u0070rototype": 1\n}', '2: error: The key `prototype` is refused.'],
  ['{\n"a": "\u0000"\n}', '2: error: The front matter has a control character (U+0000).'],
  [`{\n"a": "${'x'.repeat(65_536)}"\n}`, '1: error: The front matter is over 64 kB.'],
])('%#: what is wrong is said with its line', (json, complaint) => {
  expect(complaints(`${json}\nText.`)[0]).toContain(`a.md:${complaint}`);
});

test.each<[string, (levels: number) => string]>([
  ['lists', (n) => `{"a": ${'['.repeat(n - 1)}${']'.repeat(n - 1)}}`],
  ['maps', (n) => `${'{"a": '.repeat(n)}1${'}'.repeat(n)}`],
])('%s are read up to 20 levels, and refused by the thousand', (_, json) => {
  expect(complaints(json(20))).toEqual([]);
  expect(complaints(json(21))).toEqual([expect.stringContaining('nested over 20 levels deep')]);
  expect(complaints(json(8_000))).toEqual([expect.stringContaining('nested over 20 levels deep')]);
});
