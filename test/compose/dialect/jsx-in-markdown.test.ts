import { expect, test } from 'vitest';
import { articleOf } from '../article/article-of.ts';

test.each([
  ["import Tabs from '@theme/Tabs';\nimport TabItem from '@theme/TabItem';\n\na", '<p>a</p>'],
  ['import {\n  A,\n  B,\n} from "./parts";\n\na', '<p>a</p>'],
  ["import './a.css'\n\na", '<p>a</p>'],
  ['a\n\n{/* truncate */}\n\nb', '<p>a</p>\n<p>b</p>'],
  ["<p style={{color: 'red', fontSize: 12}}>a</p>", '<p>a</p>'],
  ["<p style={{ 'color': 'red' }} className=\"lead\">a</p>", '<p>a</p>'],
  ['<div className="embed">a</div>', '<div class="embed">a</div>'],
  ['### A {/* #stage-0 */}\n\n[b](#stage-0)', '<h2 id="stage-0">A</h2>\n<p><a href="#stage-0">b</a></p>'],
])('%j comes to %s', (body, html) => {
  const article = articleOf(body);
  expect(article.html).toBe(html);
  expect(article.warnings).toEqual([]);
});

test.each([
  ["`import a from 'b'`", "<code>import a from 'b'</code>"],
  ["```js\nimport a from 'b';\n```", "import a from 'b';"],
  ["Then import a from 'b'", "<p>Then import a from 'b'</p>"],
  ["import a from 'b'\nis how it begins", "import a from 'b'"],
  ['import duties are high', '<p>import duties are high</p>'],
  ['`{/* a */}`', '<code>{/* a */}</code>'],
])('%j is meant to be read', (body, html) => {
  expect(articleOf(body).html).toContain(html);
});
