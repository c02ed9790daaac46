import { expect, test } from 'vitest';
import { complaints, plain, read } from './read-head.ts';

const head = (yaml: string): string => `---\n${yaml}\n---\nText.\n`;

test('values keep their kind, and dates, times and octal-looking numbers stay what was typed', () => {
  const yaml =
    'title: 雪\ndate: 2024-01-05\nat: 12:30\nissue: 012\nbig: 1_000\nlist: [a, 2, true, null]\nmap: {k: v}\nno: no';
  const { data } = read(head(yaml));
  expect(plain(data)).toEqual({
    title: '雪',
    date: '2024-01-05',
    at: '12:30',
    issue: 12,
    big: '1_000',
    list: ['a', 2, true, null],
    map: { k: 'v' },
    no: 'no',
  });
  expect(data.fields.get('issue')?.value).toMatchObject({ text: '012' });
});

test('every key and list item knows its line in the file', () => {
  const { data } = read(head('Title: a\n# why\nissues:\n  - one\n\n  - two'));
  const issues = data.fields.get('issues');
  expect(data.fields.get('title')).toMatchObject({ key: 'Title', line: 2 });
  expect(issues).toMatchObject({ line: 4, value: { items: [{ line: 5 }, { line: 7 }] } });
});

test.each([
  ['---\ntitle: a\n---\nText.\n', 'Text.\n', 4],
  ['---\r\ntitle: a\r\n---\r\n\r\nText.\r\n', '\r\nText.\r\n', 4],
  ['---\r\ntitle: "a"\r\n---\r\n\r\nText.\r\n', '\r\nText.\r\n', 4],
  ['\ufeff---\ntitle: a\n---\nText.', 'Text.', 4],
  ['\ufeff---  \r\ntitle: a\r\n--- \t\r\nText.', 'Text.', 4],
  ['---\ntitle: a\n---', '', 4],
  ['---\n---\n---\nText.', '---\nText.', 3],
  ['---\n# nothing yet\n---\nText.', 'Text.', 4],
  ['---\ntitle: a\n---\nOne\n\n---\n\nTwo', 'One\n\n---\n\nTwo', 4],
  ['+++\ntitle = "a"\n+++\n\nText.\n', '\nText.\n', 4],
  ['\ufeff+++ \t\r\ntitle = "a"\r\n+++\r\nText.\r\n+++\r\n', 'Text.\r\n+++\r\n', 4],
  ['+++\n+++', '', 3],
  ['{\n  "title": "a"\n}\n\nText.\n', '\nText.\n', 4],
  ['\ufeff{"title": "}{", "b": {"c": "\\"}"}} \r\nText.', 'Text.', 2],
  ['{}\nText.', 'Text.', 2],
  ['{"a": 1}', '', 2],
  ['{ one brace', '{ one brace', 1],
  ['{% include x %}', '{% include x %}', 1],
  ['Text only.\n', 'Text only.\n', 1],
  ['{{< figure >}}\n', '{{< figure >}}\n', 1],
  ['', '', 1],
])('the body of %j is exact', (text, body, bodyLine) => {
  expect(read(text)).toMatchObject({ body, bodyLine });
});

declare global {
  var canary: number | undefined;
}

const FENCES =
  '---js~--- js~---\tjs~--- JS~---Js ~---javascript~--- JavaScript~---coffee~---cson~---json~--- JSON~---toml~---yaml~--- yml' +
  '~---constructor~---toString~---__proto__~---hasOwnProperty~----~---js\r~---\u00a0js~---\u2028js~--- # js~---=js~---!js';

test.each(FENCES.split('~'))('the fence %j is refused, and nothing behind it runs', (fence) => {
  globalThis.canary = 0;
  const code = 'module.exports = { title: (globalThis.canary = 1, "a") }';
  for (const body of [code, '{ title: (globalThis.canary = 1) }', '(globalThis.canary = 1)']) {
    expect(complaints(`${fence}\n${body}\n---\nText.`)).toHaveLength(1);
    expect(complaints(`---\ntitle: a\n${fence}\n${body}\n---\nText.`)).toHaveLength(1);
  }
  expect(globalThis.canary).toBe(0);
});

test('a block of code in the body is only text', () => {
  globalThis.canary = 0;
  expect(read('---\ntitle: a\n---\n---js\n(globalThis.canary = 1)\n---\n').body).toContain('canary');
  expect(globalThis.canary).toBe(0);
});

test.each([
  ['---\ntitle: a\nText.', 'a.md:1: error: The front matter is never closed'],
  ['---', 'a.md:1: error: The front matter is never closed'],
  [
    '+++\ntitle = "a"\nText.',
    'a.md:1: error: The front matter is never closed: there is no second line of `+++`',
  ],
  ['+++\ntitle = "a"\n---\nText.', 'a.md:1: error: The front matter is never closed'],
  ['+++\ntitle = "a"\n+++ x\nText.', "a.md:3: error: The front matter's fence must be exactly `+++`"],
  ['{\n"title": "a"\nText.', 'a.md:1: error: The front matter is never closed: its first `{` has no `}`.'],
  ['{\n"title": "a"\n} Text.', 'a.md:3: error: Behind the `}` that closes the front matter stands "Text."'],
  ['\n+++\ntitle = "a"\n+++\n', 'a.md:1: error: There are blank lines before the front matter'],
  ['\n+++\ntitle = "a"\n+++\n', 'Make `+++` the very first line.'],
  ['\n{\n  "title": "a"\n}\n', 'Make `{` the very first line.'],
  ['\n\n---\ntitle: a\n---\n', 'a.md:1: error: There are blank lines before the front matter'],
  [
    head('title: Part 2: Frost'),
    'a.md:2: error: The front matter is not valid YAML: A value has a colon in it.',
  ],
  [head('a: 1\ntitle: "open\nb: 2'), 'a.md:3: error: A quotation mark is opened and never closed.'],
  [head('a:\n\tb: 1'), 'a.md:3: error: The front matter is not valid YAML: A line is indented with a tab.'],
  [head('title: a\n\ntitle: b'), 'a.md:4: error: `title` is already given on line 2. Keep'],
  [head('title: a\nTITLE: b'), 'a.md:3: error: `TITLE` is already given on line 2 (as `title`: capitals'],
  [
    head('newsletter:\n  release: now\n  release: now'),
    'a.md:4: error: `release` is already given on line 3.',
  ],
  [head('- a\n- b'), 'a.md:2: error: The front matter is a list, not keys'],
  [head('just words'), 'a.md:2: error: The front matter is a line of text, not keys'],
  [
    head('a: 1\n...\nb: 2'),
    'a.md:4: error: The front matter is not valid YAML: There is a second YAML document',
  ],
  [head('__proto__: {x: 1}'), 'a.md:2: error: The key `__proto__` is refused.'],
  [head('a:\n  - constructor: 1'), 'a.md:3: error: The key `constructor` is refused.'],
  [head('a: {b: {"prototype": 1}}'), 'a.md:2: error: The key `prototype` is refused.'],
  [head('"\\x5f_proto__": 1'), 'a.md:2: error: The key `__proto__` is refused.'],
  [head('? [a, b]\n: 1'), 'a.md:2: error: A key of the front matter must be plain text.'],
  [head('a: &x 1'), 'a.md:2: error: The front matter has an anchor'],
  [head('a: 1\nb: *x'), 'a.md:3: error: The front matter has an alias'],
  [head('<<: *x'), 'a.md:2: error: The front matter has an alias'],
  [head('a: !!js/function "() => 1"'), 'a.md:2: error: The front matter has a tag'],
  [head('%YAML 1.1'), 'a.md:2: error: The front matter has a directive'],
  [head('a: 1\nb: "\u0000"'), 'a.md:3: error: The front matter has a control character (U+0000).'],
  [head(`a: ${'x'.repeat(65_536)}`), 'a.md:1: error: The front matter is over 64 kB.'],
  [head('\n'.repeat(2_001)), 'a.md:1: error: The front matter has over 2000 lines.'],
])('%#: what is wrong is said with its line', (text, complaint) => {
  const first = complaints(text);
  expect(first[0]).toContain(complaint);
  // A parser with a cache answers differently the second time.
  expect(complaints(text)).toEqual(first);
});

const nested: readonly (readonly [string, (levels: number) => string])[] = [
  ['lists in brackets', (n) => `a: ${'['.repeat(n - 1)}${']'.repeat(n - 1)}`],
  ['maps in braces', (n) => `a: ${'{a: '.repeat(n - 1)}1${'}'.repeat(n - 1)}`],
  ['lists on one line', (n) => `${'- '.repeat(n - 1)}x: 1`],
  ['keys on one line', (n) => `${'? '.repeat(n - 1)}x: 1`],
  ['indented keys', (n) => Array.from({ length: n }, (_, i) => `${' '.repeat(i)}k:`).join('\n')],
  [
    'indented lists',
    (n) => Array.from({ length: n / 2 }, (_, i) => `${' '.repeat(i)}k:\n${' '.repeat(i)}-`).join('\n'),
  ],
];

test.each(nested)('%s are read up to 20 levels', (_, yaml) => {
  expect(complaints(head(yaml(22))).join()).toContain('nested over 20 levels deep');
  expect(complaints(head(yaml(18))).join()).not.toContain('nested over');
});

test.each(nested)('%s by the thousand are refused quickly, without running out of stack', (_, yaml) => {
  const started = performance.now();
  expect(complaints(head(yaml(12_000).slice(0, 60_000)))[0]).toContain('nested over 20 levels deep');
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('what a parse gives is not shared with the next', () => {
  const text = head('title: a');
  expect(read(text).data).toEqual(read(text).data);
  expect(read(text).data).not.toBe(read(text).data);
});
