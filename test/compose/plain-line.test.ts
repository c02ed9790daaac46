import { expect, test } from 'vitest';
import { plainLine } from '../../src/compose/plain-line.ts';

test.each([
  ['Soil', 'Soil'],
  ['Soil: *with* **care** and _time_', 'Soil: with care and time'],
  ['用**好土**種菜', '用好土種菜'],
  ['***All*** of it', 'All of it'],
  ['~~Sand~~ Clay', 'Sand Clay'],
  ['A&nbsp;&mdash; B', 'A\u00a0— B'],
  ['Peat &amp; sand', 'Peat & sand'],
  ['Two&#10;lines&#13;&#10;more', 'Two lines more'],
  ['Off we go :rocket:', 'Off we go 🚀'],
  ['At 10:30:45', 'At 10:30:45'],
  ['`{% highlight %}` explained', '{% highlight %} explained'],
  ['A `` ` `` in code', 'A ` in code'],
  ['See [the *garden*](https://example.com/x)', 'See the garden'],
  ['See <https://example.com/x_y_z>', 'See https://example.com/x_y_z'],
  ['Ask <ash@example.com>', 'Ask ash@example.com'],
  ['![A spade](spade.png) and more', 'A spade and more'],
  ['A <b>bold</b> H<sub>2</sub>O', 'A bold H2O'],
  ['Soil\\*', 'Soil*'],
])('%s reads %s', (written, shown) => {
  expect(plainLine(written)).toBe(shown);
});

test.each([
  '3 * 4 = 12',
  '2*3*4 = 24',
  'snake_case_name',
  '__init__ and __main__.py',
  '# 1',
  '#1',
  '1. Soil',
  '1) Soil',
  '- Soil',
  '+ Soil: a * b',
  '> 3 cm, _nearly',
  '[WIP] Soil',
  '[ ] Soil',
  '[^1] Soil',
  '[soil]: earth',
  '***',
  '---',
  '===',
  '``` and `',
  '| a_b | c |',
  '台北~高雄~台南',
  'About 5~10~15 cm',
  'The <b> element',
  'A Map<String, T> of <T>',
  '<details> and <summary>',
  'x < y & y > z',
  'AT&T &co',
  ':no-such-emoji:',
  '![](spade.png)',
  '[](https://example.com)',
  '  `  spaced  ',
  ' edges: a ',
  '{{ page.title }} {% raw %}',
  'f(*args, **kwargs)',
  'Map<key:value>',
  '<javascript:a()>',
  '*.ts and *.js',
])('%s stays', (written) => {
  expect(plainLine(written)).toBe(written);
});

test('lines stay lines', () => {
  expect(plainLine('*one*\n\n# `two`\n')).toBe('one\n\n# two\n');
});

test('the edges stay, so that they can be complained of', () => {
  expect(plainLine('  *one*\t')).toBe('  one\t');
});

test.each([
  '*a '.repeat(1_600),
  '['.repeat(4_000),
  '**a '.repeat(600) + ' b**'.repeat(600),
  '*a '.repeat(9_000),
])('marks without end are no trouble: %#', (written) => {
  expect(plainLine(written).match(/[a[]/g)).toEqual(written.match(/[a[]/g));
});
