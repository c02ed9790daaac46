import { describe, expect, test } from 'vitest';
import { complaints, keyLines, plain, read } from './read-head.ts';

const head = (toml: string): string => `+++\n${toml}\n+++\nText.\n`;
const valueOf = (typed: string) => read(head(`v = ${typed}`)).data.fields.get('v')?.value;

describe('a value', () => {
  test.each<[string, unknown, string]>([
    ['"a\\tb\\u96EA"', 'a\tb雪', 'a\tb雪'],
    ["'C:\\no'", 'C:\\no', 'C:\\no'],
    ['"""\na = 1\n[b]\n"""', 'a = 1\n[b]\n', 'a = 1\n[b]\n'],
    ['"""a""b"""""', 'a""b""', 'a""b""'],
    ['"""a\\"""b"""', 'a"""b', 'a"""b'],
    ['"""a \\\n   b"""', 'a b', 'a b'],
    ["'''\n''a'''''", "''a''", "''a''"],
    ['""', '', ''],
    ['012.5e1'.slice(1), 125, '12.5e1'],
    ['1_000', 1000, '1_000'],
    ['0x1F', 31, '0x1F'],
    ['+7', 7, '+7'],
    ['-inf', -Infinity, '-inf'],
    ['nan', NaN, 'nan'],
    ['123456789012345678901234', Number('123456789012345678901234'), '123456789012345678901234'],
    ['true', true, 'true'],
    ['2026-01-28', '2026-01-28', '2026-01-28'],
    ['2026-01-28 09:40:00', '2026-01-28 09:40:00', '2026-01-28 09:40:00'],
    ['2026-01-28T09:40:00+08:00', '2026-01-28T09:40:00+08:00', '2026-01-28T09:40:00+08:00'],
    ['2026-01-28t09:40:00.5z', '2026-01-28t09:40:00.5z', '2026-01-28t09:40:00.5z'],
    ['08:00:00', '08:00:00', '08:00:00'],
  ])('%s is %j', (typed, value, text) => {
    expect(valueOf(typed)).toMatchObject({ kind: 'scalar', value, text, line: 2 });
    expect(valueOf(`${typed} # why`)).toEqual(valueOf(typed));
    expect(valueOf(`[ ${typed}, ${typed},]`)).toMatchObject({ kind: 'list', items: [{ text }, { value }] });
    expect(valueOf(`{ a = ${typed} }`)).toMatchObject({ kind: 'map', line: 2 });
  });
});

const EVERYTHING = `+++
title = "Frost" # title = "no"
"a b" . 'c' = 1
tags = [
  "one", # "two"

  "three = 3",
]
text = """
key = "in a string"
[table]
+ + +
"""
inline = { x = 1, y.z = [
  { q = 2 } ] }
cover.image = "/a.jpg"
cover.alt = "A"

[params.deep]
  title = "other"
  # [comment]
[[menu]]
name = "first"
[menu.sub]
k = 1
[[menu]]
name = "second"
[params]
last = 2026-01-28
+++
Text.`;

test('every key, item and table knows its line', () => {
  const { data, bodyLine } = read(EVERYTHING);
  expect(keyLines(data)).toEqual([
    'title@2',
    'a b@3',
    'a b.c@3',
    'tags@4',
    'text@9',
    'inline@14',
    'inline.x@14',
    'inline.y@14',
    'inline.y.z@14',
    'inline.y.z.0.q@15',
    'cover@16',
    'cover.image@16',
    'cover.alt@17',
    'params@19',
    'params.deep@19',
    'params.deep.title@20',
    'params.last@29',
    'menu@22',
    'menu.0.name@23',
    'menu.0.sub@24',
    'menu.0.sub.k@25',
    'menu.1.name@27',
  ]);
  expect(data.fields.get('tags')?.value).toMatchObject({ line: 4, items: [{ line: 5 }, { line: 7 }] });
  expect(bodyLine).toBe(31);
});

test('with Windows line ends it is the same', () => {
  const { data } = read(EVERYTHING.replaceAll('\n', '\r\n'));
  expect(keyLines(data)).toEqual(keyLines(read(EVERYTHING).data));
  expect(plain(data)).toMatchObject({
    text: 'key = "in a string"\r\n[table]\r\n+ + +\r\n',
    cover: { alt: 'A' },
  });
});

test('values keep their kind', () => {
  expect(plain(read(EVERYTHING).data)).toEqual({
    title: 'Frost',
    'a b': { c: 1 },
    tags: ['one', 'three = 3'],
    text: 'key = "in a string"\n[table]\n+ + +\n',
    inline: { x: 1, y: { z: [{ q: 2 }] } },
    cover: { image: '/a.jpg', alt: 'A' },
    params: { deep: { title: 'other' }, last: '2026-01-28' },
    menu: [{ name: 'first', sub: { k: 1 } }, { name: 'second' }],
  });
});

test.each([
  [
    'title: a',
    '2: error: The front matter is not valid TOML: A line has a colon where TOML has `=`. Write `title =',
  ],
  ['a = 1\ntitle', '3: error: The front matter is not valid TOML: A line is no key with a value.'],
  ['標題 = "a"', '2: error: The front matter is not valid TOML: A line is no key with a value.'],
  ['title = Frost', '2: error: The front matter is not valid TOML: A value is neither text in quotes nor'],
  ['title =\nx = 1', '2: error: The front matter is not valid TOML: A value is neither text in quotes nor'],
  ['weight = 01', '2: error: The front matter is not valid TOML: A value is neither text in quotes nor'],
  ['title = "a', '2: error: A quotation mark is opened and never closed. Close it'],
  ['x = 1\ntitle = """\na\nb', '3: error: A quotation mark is opened and never closed.'],
  ['title = "a" b', '2: error: The front matter is not valid TOML: Something stands behind a value.'],
  ['tags = ["a"\n"b"]', '3: error: The front matter is not valid TOML: There is no comma between two items.'],
  ['tags = ["a",\n"b"', '2: error: A list or table is opened and never closed.'],
  ['x = { a = [1],', '2: error: A list or table is opened and never closed.'],
  [
    'tags = ["a",\nx = 1',
    '3: error: The front matter is not valid TOML: A value is neither text in quotes nor',
  ],
  [
    'a = "\\d"',
    '2: error: The front matter is not valid TOML: A backslash in double quotes begins an unknown escape.',
  ],
  [
    'date = 2026-13-01',
    '2: error: The front matter is not valid TOML: A date or time is not written as TOML has it.',
  ],
  [
    "date = 2026-'1-28",
    '2: error: The front matter is not valid TOML: A date or time is not written as TOML has it.',
  ],
  [
    'x = [2026-,1-28]',
    '2: error: The front matter is not valid TOML: A date or time is not written as TOML has it.',
  ],
  ['[a\nb = 1', '2: error: The front matter is not valid TOML: A line is no key with a value.'],
  ['title = "a"\n\ntitle = "b"', '4: error: `title` is already given on line 2. Keep one of the two.'],
  ['title = "a"\n\nTitle = "b"', '4: error: `Title` is already given on line 2 (as `title`: capitals'],
  ['[a]\nx = 1\n[b]\n[a]', '5: error: `a` is already given on line 2.'],
  ['[a]\nx.y = 1\n x.y = 2', '4: error: `y` is already given on line 3.'],
  ['a = 1\na.b = 2', '3: error: `a` is already given on line 2.'],
  ['[[a]]\nb = """\nb = 0"""\n[[a]]\nb = 1\nb = 2', '7: error: `b` is already given on line 6.'],
  ['a = [\n{ b = 1, b = 2 }]', '3: error: '],
  ['[Params]\nx = 1\n[params]\nx = 2', '4: error: `params` is already given on line 2 (as `Params`'],
  ['__proto__ = { x = 1 }', '2: error: The key `__proto__` is refused.'],
  ['a = 1\n["\\u005f_proto__".x]', '3: error: The key `__proto__` is refused.'],
  ['[[constructor]]', '2: error: The key `constructor` is refused.'],
  ['x = [ { prototype.y = 1 } ]', '2: error: The key `prototype` is refused.'],
  ['a = 1\nb = "\u0001"', '3: error: The front matter has a control character (U+0001).'],
  ['a = "\ufeff"', '2: error: The front matter has a control character (U+FEFF).'],
  [`a = "${'x'.repeat(65_536)}"`, '1: error: The front matter is over 64 kB.'],
  ['\n'.repeat(2_001), '1: error: The front matter has over 2000 lines.'],
])('%#: what is wrong is said with its line', (toml, complaint) => {
  expect(complaints(head(toml))[0]).toContain(`a.md:${complaint}`);
});

const nested: readonly (readonly [string, (levels: number) => string])[] = [
  ['lists', (n) => `a = ${'['.repeat(n - 1)}${']'.repeat(n - 1)}`],
  ['inline tables', (n) => `a = ${'{a = '.repeat(n - 1)}1${'}'.repeat(n - 1)}`],
  ['dotted keys', (n) => `${'a.'.repeat(n - 1)}a = 1`],
  ['tables', (n) => `[${'a.'.repeat(n - 2)}a]`],
  ['lists of tables', (n) => `[[${'a.'.repeat(n - 3)}a]]`],
  [
    'lists of tables in each other',
    (n) => Array.from({ length: (n - 1) / 2 }, (_, i) => `[[${'a.'.repeat(i)}a]]`).join('\n'),
  ],
  ['lists in inline tables in tables', (n) => `[a.b.c]\n${'d.'.repeat(n - 6)}d = {e = [1]}`],
];

test.each(nested)('%s are read up to 20 levels', (_, toml) => {
  expect(complaints(head(toml(19)))).toEqual([]);
  expect(complaints(head(toml(22))).join()).toContain('nested over 20 levels deep');
});

test.each(nested)('%s by the thousand are refused without running out of stack', (_, toml) => {
  expect(complaints(head(toml(15_000).slice(0, 60_000)))).not.toEqual([]);
});
