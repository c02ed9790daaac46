import { expect, test } from 'vitest';
import { articleOf } from '../article/article-of.ts';
import { renderSample } from '../sample-series.ts';

const params = { title: 'Feeding the soil' };
const mdx = (body: string) => articleOf(body, { file: 'src/content/blog/soil.mdx', params });

test.each<[string, string, string]>([
  ['imports and exports go', "import A from './a.astro';\nexport const b = 1;\n\ntext", 'text'],
  ['comments go', 'a {/* c */} b\n\n{/* d */}', 'a b'],
  ['HTML comments go too', 'a <!-- c\nd --> b\n\n<!-- more -->\n\n`<!-- e -->`', 'a b\n\n`<!-- e -->`'],
  ['literals are text', "{'a'} {\"b\"} {`c`} {3} {'<b>'} {`d ${'e'}`}", 'a b c 3 <b> d e'],
  ['what is nothing is nothing', 'a{true}{false}{null}{undefined}', 'a'],
  [
    'the front matter',
    '{frontmatter.title}, {props.frontmatter["title"]}',
    'Feeding the soil, Feeding the soil',
  ],
  ['an exported value', 'export const year = 2026;\n\n{year}', '2026'],
  ['a brace that is escaped', 'a \\{b} \\<c>', 'a {b} <c>'],
  ['the inside of a fragment', '<>a *b*</>', 'a b'],
  ['HTML in a line', 'a <b>b</b><br />c', 'a *b*\nc'],
  ['scripts and styles go', 'a\n\n<style>{`b { color: red }`}</style>\n\n<script>x()</script>', 'a'],
  ['CJK emphasis', '**強調。**後', '*強調。*後'],
  [
    'tables, footnotes and tasks',
    '| a |\n|---|\n| b[^1] |\n\n- [x] c\n\n[^1]: d',
    'a\n----\nb[1]\n\n☑ c\n\nNotes\n\n[1] d',
  ],
  [
    'code is what it is',
    '```jsx\nimport a from "b"\n<Foo a={b} />\n```\n\n`<Foo />`',
    '    import a from "b"\n    <Foo a={b} />\n\n`<Foo />`',
  ],
  ['a Docusaurus heading', '## Soil {#earth}', 'Soil\n----'],
  ['directives', ':::tip[Rake]\nLeaves.\n:::', '> *Rake*\n>\n> Leaves.'],
  ['formulas', 'a $x^{2}$ b', 'a `x^{2}` b'],
  ['alerts', '> [!NOTE]\n> a', '> *Note*\n>\n> a'],
  ['emoji', ':tada:', '🎉'],
])('MDX: %s', (_, body, text) => {
  const article = mdx(body);
  expect(article.text).toBe(text);
  expect(article.warnings).toEqual([]);
});

test.each<[string, string, string]>([
  [
    'an imported picture',
    'import hero from \'/hero.png\'\n\n<Image src={hero} alt="A" width={300} />',
    'src="https://blog.example.com/hero.png" alt="A" width="300"',
  ],
  [
    'its address',
    'import hero from \'/hero.png\'\n\n<img src={hero.src} alt="A" />',
    'src="https://blog.example.com/hero.png" alt="A"',
  ],
  [
    'a required picture',
    '<img src={require(\'/a.png\').default} alt="A" />',
    'src="https://blog.example.com/a.png" alt="A"',
  ],
  [
    'an address that is put together',
    "export const base = '/img/';\n\n<img src={base + 'a.png'} alt=\"A\" />",
    'src="https://blog.example.com/img/a.png"',
  ],
  [
    'a picture in a line',
    'a <Image src="/a.png" alt="A" /> b',
    '<p>a <img src="https://blog.example.com/a.png" alt="A"',
  ],
  ['a caption', '<Image src="/a.png" alt="A" caption="C" />', 'alt="A"><figcaption>C</figcaption></figure>'],
  [
    'a figure around a picture',
    '<Figure caption="C">\n  ![A](/a.png)\n</Figure>',
    '<figcaption>C</figcaption></figure>',
  ],
  [
    'a callout',
    '<Aside type="caution">\n  Keep the *cat* inside.\n</Aside>',
    '<div class="callout callout-caution"><p class="callout-title">Caution</p><p>Keep the <em>cat</em> inside.</p></div>',
  ],
  [
    'a callout by its name and title',
    '<Tip title="Now">a</Tip>',
    '<div class="callout callout-tip"><p class="callout-title">Now</p><p>a</p></div>',
  ],
  ['a callout divides its paragraph', 'a <Note>b</Note> c', '<p>a </p>\n<div class="callout callout-note">'],
  [
    'tabs',
    '<Tabs>\n  <TabItem label="One">\n    a\n  </TabItem>\n  <TabItem label="Two">b</TabItem>\n</Tabs>',
    '<p><strong>One</strong></p>\n<p>a</p>\n<p><strong>Two</strong></p>\n<p>b</p>',
  ],
  ['parts of tabs', '<Tabs.Tab label="One">a</Tabs.Tab>', '<p><strong>One</strong></p>\n<p>a</p>'],
  [
    'a card',
    '<LinkCard title="T" href="https://example.com/" description="D" />',
    '<p><strong><a href="https://example.com/">T</a></strong></p>\n<p>D</p>',
  ],
  [
    'a button',
    '<LinkButton href="https://example.com/">Go</LinkButton>',
    '<p><a href="https://example.com/" class="button">Go</a></p>',
  ],
  ['a fold', '<Accordion title="T">a</Accordion>', '<div><p><strong>T</strong></p><p>a</p></div>'],
  ['code', '<Code code={`a < b`} lang="js" />', '<pre><code class="language-js">a &#x3C; b\n</code></pre>'],
  [
    'code inside',
    '<CodeBlock language="js">\n  {`a`}\n</CodeBlock>',
    '<pre><code class="language-js">a\n</code></pre>',
  ],
  ['a formula', '<Math>{`x^{2}`}</Math>', '<code>x^{2}</code>'],
  ['keys', 'Press <Kbd>K</Kbd>', 'Press <kbd>K</kbd>'],
  ['a film', '<YouTube id="aqz-KE-bpKQ" />', 'https://www.youtube.com/watch?v=aqz-KE-bpKQ'],
  ['a post', '<Tweet id="1" />', '<a href="https://x.com/i/status/1">'],
  [
    'a gist',
    '<Gist id="ash/1" />',
    '<a href="https://gist.github.com/ash/1">See the code on gist.github.com</a>',
  ],
  [
    'a box keeps what is in it',
    '<div className="a" style={{ color: "red" }} onClick={() => x()} {...rest}>\n  a *b*\n</div>',
    '<div><p>a <em>b</em></p></div>',
  ],
  ['details', '<details>\n<summary>T</summary>\n\na\n</details>', '<p><strong>T</strong></p><p>a</p>'],
  ['a table', '<table><tbody><tr><td colSpan={2}>a</td></tr></tbody></table>', '<td colspan="2">a</td>'],
  ['a callout in a cell', '| a |\n|---|\n| <Note>b</Note> |', '<td>Note b</td>'],
  ['a heading with an id', '[a](#earth)\n\n## Soil {#earth}', '<h2 id="earth">Soil</h2>'],
])('MDX: %s', (_, body, html) => {
  const article = mdx(body);
  expect(article.html).toContain(html);
  expect(article.warnings).toEqual([]);
});

test('an icon is nothing', () => {
  expect(mdx('a\n\n<Icon name="x" />').text).toBe('a');
  expect(mdx('a\n\n<Spacer>\n  b\n</Spacer>').text).toBe('a\n\nb');
});

const LINK = '<a href="https://news.example.com/s/garden/soil">See this part on the web</a>';

test.each<[string, string, string]>([
  [
    'a\n\n<Chart data={x} />',
    `<p>a</p>\n<p>${LINK}</p>`,
    '7: The component <Chart data={x} /> is not understood, so a link to the web version stands in its place.',
  ],
  [
    'a <Chart data={x} /> b',
    '<p>a  b</p>',
    '5: The component <Chart data={x} /> is not understood, so it was left out.',
  ],
  [
    'a\n<Chart data={x} />\nb',
    `<p>a</p>\n<p>${LINK}</p>\n<p>b</p>`,
    '6: The component <Chart data={x} /> is not understood, so a link to the web version stands in its place.',
  ],
  [
    '<Layout>\n  a\n</Layout>',
    '<p>a</p>',
    '5: The component <Layout> is not understood, so only what it holds was kept.',
  ],
  [
    'a <Mine>b</Mine>',
    '<p>a b</p>',
    '5: The component <Mine> is not understood, so only what it holds was kept.',
  ],
  [
    'a\n\nb {now()}',
    `<p>b ${LINK}</p>`,
    '7: The expression {now()} would have to be run, so a link to the web version stands in its place.',
  ],
  [
    '{items.map((item) => <li>{item}</li>)}',
    LINK,
    '5: The expression {items.map((item) => <li>{item}</li>)} would have to be run, so a link to the web version stands in its place.',
  ],
  [
    '<a href={url()}>b</a>',
    '<p>b</p>',
    '5: The address of <a> would have to be worked out by running the page, so only what is inside was kept.',
  ],
  [
    '<Image src={pick()} alt="A" />',
    LINK,
    '5: The component <Image src={pick()} alt="A" /> is not understood, so a link to the web version stands in its place.',
  ],
])('%j is told and linked', (body, html, warning) => {
  const article = mdx(body);
  expect(article.html).toContain(html);
  expect(article.warnings).toEqual([warning]);
  expect(article.rules).toEqual(['template-syntax']);
});

test('a problem in a directive has its line', () => {
  expect(mdx('a\n\n:::note\nb\n\n<Chart />\n:::').problems.map(({ line }) => line)).toEqual([10]);
});

test.each<[string, string]>([
  ['a\n\nb <3 c', '7: This is not valid MDX: unexpected character `3` (U+0033) before name.'],
  [
    'a {b',
    '5: This is not valid MDX: unexpected end of file in expression, expected a corresponding closing brace for `{`.',
  ],
  ['{% note %}', '5: This is not valid MDX: what stands between { and } is no JavaScript.'],
  [
    'a\n\n<b>c',
    '7: This is not valid MDX: expected a closing tag for `<b>` (line 7) before the end of `paragraph`.',
  ],
  ['a\n\n<Foo>\n\nb', '7: This is not valid MDX: expected a closing tag for `<Foo>` (line 7).'],
  ['</b>', '5: This is not valid MDX: unexpected closing slash `/` in tag, expected an open tag first.'],
  ["import {a from 'b'", '5: This is not valid MDX: this import or export is no JavaScript.'],
  [
    'a <https://example.com>',
    '5: This is not valid MDX: unexpected character `/` (U+002F) before local name.',
  ],
  [':::note\na\n\n<b>\n:::', '8: This is not valid MDX: expected a closing tag for `<b>` (line 8).'],
  [
    `${'<A>\n'.repeat(400)}a\n${'</A>\n'.repeat(400)}`,
    '5: This is not valid MDX: elements are nested too deeply.',
  ],
  [`{[${'{},'.repeat(30_000)}`, '5: This is not valid MDX: there are more braces than a post can need.'],
])('%j is an error', (body, error) => {
  const article = mdx(body);
  expect(article.warnings[0]).toBe(error);
  expect(article.problems[0]).toMatchObject({ severity: 'error', rule: 'mdx-syntax' });
});

test('an issue that is not valid MDX is not rendered', async () => {
  const result = await renderSample({ body: 'a < b <c', file: 'soil.mdx' });
  expect(result).not.toHaveProperty('rendered');
  expect(result.problems.map(({ rule }) => rule)).toContain('mdx-syntax');
});

test('nothing is run, whatever it is', () => {
  const bodies = [
    '{(() => { globalThis.ran = true })()}',
    '{`${(globalThis.ran = true)}`}',
    'export const a = (globalThis.ran = true)\n\n{a}',
    '<img src={(globalThis.ran = true)} />',
    '<Aside {...(globalThis.ran = true)} />',
    "{require((globalThis.ran = '/a.png'))}",
  ];
  for (const body of bodies) mdx(body);
  expect('ran' in globalThis).toBe(false);
});

test.each(['constructor', '__proto__', 'toString'])('%s is no component and no front matter', (name) => {
  const article = mdx(`<Foo.${name} />\n\n{frontmatter.${name}}\n\n{${name}}`);
  expect(article.rules).toEqual(['template-syntax', 'template-syntax', 'template-syntax']);
});

test('a post that is no MDX keeps its braces', () => {
  expect(articleOf('a {b} <Foo>c</Foo>').text).toBe('a {b} c');
});
