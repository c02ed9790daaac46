import { expect, test } from 'vitest';
import { articleOf, withoutSite } from './article-of.ts';

const BLOG = 'https://blog.example.com';

test.each([
  ['![a cat](/img/a cat.png)', `<img src="${BLOG}/img/a%20cat.png" alt="a cat">`],
  ['![a *cat*](/img/a cat.png "A cat")', `<img src="${BLOG}/img/a%20cat.png" alt="a cat" title="A cat">`],
  ['[doc](/files/my doc.pdf)', `<a href="${BLOG}/files/my%20doc.pdf">doc</a>`],
  ['[doc](my doc.pdf)', `<a href="${BLOG}/posts/soil/my%20doc.pdf">doc</a>`],
  ['[**the** `doc`](./my doc (1).pdf)', '<a href="https://blog.example.com/posts/soil/my%20doc%20(1).pdf">'],
  [
    '[a](https://a.example/b c) and [b](/d e/)',
    `<a href="https://a.example/b%20c">a</a> and <a href="${BLOG}`,
  ],
  ['[a]({{ site.url }}/b c/)', `<a href="${BLOG}/b%20c/">a</a>`],
  ['![a]({{ site.url }}/b c.png)', `<img src="${BLOG}/b%20c.png" alt="a">`],
  ['[![a](/b c.png)](/d e/)', `<a href="${BLOG}/d%20e/"><img src="${BLOG}/b%20c.png" alt="a"></a>`],
  ['[![a](/b c.png)](/d/)', `<a href="${BLOG}/d/"><img src="${BLOG}/b%20c.png" alt="a"></a>`],
  ['| [a](/b c/) |\n| - |', `<a href="${BLOG}/b%20c/">a</a>`],
  ['[種子](/圖 一.png)', `<a href="${BLOG}/%E5%9C%96%20%E4%B8%80.png">種子</a>`],
])('%s has spaces in its address', (body, html) => {
  expect(articleOf(body).html).toContain(html);
});

test.each([
  '[x] (y z.png)',
  '[x](y z)',
  '[x](so, see a.md)',
  '\\[x](/y z.png)',
  'x](/y z.png)',
  '[x](/y\nz.png)',
  '[x](/ y)',
])('%j is no link', (body) => {
  expect(articleOf(body).html).not.toMatch(/<(?:a|img)/);
});

test.each(['`[x](/y z.png)`', '    [x](/y z.png)', '```\n[x](/y z.png)\n```', '<code>[x](/y z.png)</code>'])(
  '%j is code',
  (body) => {
    expect(articleOf(body).html).toContain('[x](/y z.png)');
  },
);

test('a link with spaces in its address is told of on its own line', () => {
  expect(articleOf('a\nb [c](no such.md)').problems).toMatchObject([{ line: 6, rule: 'broken-link' }]);
});

test.each([
  ['https://a.tw/x', 'https://a.tw/x'],
  ['//cdn.example.com/x', 'https://cdn.example.com/x'],
  ['mailto:press@example.com', 'mailto:press@example.com'],
  ['/about/', 'https://blog.example.com/about/'],
  ['./map.pdf', 'https://blog.example.com/posts/soil/map.pdf'],
  ['../other/', 'https://blog.example.com/posts/other/'],
  ['/posts/tools/', 'https://blog.example.com/posts/tools/'],
  ['/posts/tools', 'https://blog.example.com/posts/tools'],
  ['/posts/tools/#spades', 'https://blog.example.com/posts/tools/#spades'],
  ['/posts/種子/', 'https://blog.example.com/posts/%E7%A8%AE%E5%AD%90/'],
  ['01-tools.md', 'https://blog.example.com/posts/tools/'],
  ['./01-tools.md#spades', 'https://blog.example.com/posts/tools/#spades'],
  ['../garden/01-tools.md', 'https://blog.example.com/posts/tools/'],
  ['../tools/', 'https://blog.example.com/posts/tools/'],
  ['/posts/tools.md', 'https://blog.example.com/posts/tools/'],
  ['https://blog.example.com/posts/tools', 'https://blog.example.com/posts/tools'],
  ['#comments', 'https://blog.example.com/posts/soil/#comments'],
  ['tel:+886-2-1234', 'tel:+886-2-1234'],
])('a link to %s becomes %s', (written, url) => {
  const { html, warnings } = articleOf(`[x](${written})`);
  expect(html).toBe(`<p><a href="${url}">x</a></p>`);
  expect(warnings).toEqual([]);
});

test.each([
  ['/posts/soil/', '/posts/soil/'],
  ['/posts/soil?a=1#b', '/posts/soil?a=1#b'],
  ['../soil/', '/2026/soil/'],
  ['02-soil.md#b', '/2026/soil/#b'],
  ['/posts/02-soil.md', '/2026/soil/'],
])('a link to %s leads to %s when the permalink of that issue is /2026/soil/', (written, path) => {
  const aliases = ['soil', '02-soil', '/2026/soil/'];
  const { html, linkedIssues } = articleOf(`[x](${written})`, { aliases });
  expect(html).toBe(`<p><a href="https://blog.example.com${path}">x</a></p>`);
  expect([...linkedIssues]).toEqual(['soil']);
});

test.each(['/blog/posts/tools/', 'https://blog.example.com/blog/posts/tools/', '01-tools.md'])(
  'a blog in a folder of its site has the issue at %s',
  (href) => {
    const { html, linkedIssues } = articleOf(`[x](${href})`, { siteUrl: 'https://blog.example.com/blog/' });
    expect(html).toContain('href="https://blog.example.com/blog/posts/tools/"');
    expect([...linkedIssues]).toEqual(['tools']);
  },
);

test('a root-relative link to an issue without a permalink stays as it is', () => {
  const { html, warnings } = articleOf('[x](/posts/soil/)', { aliases: ['soil'] });
  expect(html).toContain('href="https://blog.example.com/posts/soil/"');
  expect(warnings).toEqual([]);
});

test.each(['/tags/tools/', '../tags/tools/', 'https://example.org/posts/tools/', 'tools.png'])(
  '%s does not pass for the issue "tools"',
  (written) => {
    expect([...articleOf(`[x](${written})`).linkedIssues]).toEqual([]);
  },
);

test('a link to a heading of the same post stays inside the mail', () => {
  const { html } = articleOf('## 標題 one!\n\n[x](#標題-one)');
  expect(html).toContain('<h2 id="標題-one">');
  expect(html).toContain('href="#標題-one"');
});

test('a heading nobody links to gets no id', () => {
  expect(articleOf('## Soil').html).toBe('<h2>Soil</h2>');
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  'sms:123',
])('%s is dropped to its words, with a warning', (href) => {
  const { html, warnings } = articleOf(`before <a href="${href}">words</a>`);
  expect(html).toBe('<p>before words</p>');
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^5: The link .* which mail does not follow/);
});

test('a newline inside a scheme does not hide it', () => {
  expect(articleOf('<a href="java&#10;script:alert(1)">x</a>').html).toBe('<p>x</p>');
});

test.each(['/about/', './map.pdf', '/posts/tools/', '#elsewhere'])(
  'without a site, %s is dropped to its words and SITE_URL is asked for',
  (href) => {
    const { html, problems } = articleOf(`one\n\n[x](${href})`, withoutSite);
    expect(html).toContain('<p>x</p>');
    expect(problems).toMatchObject([{ severity: 'warning', file: 'content/garden/02-soil.md', line: 7 }]);
    expect(problems[0]?.fix).toContain('SITE_URL');
  },
);

test('without a permalink, a document-relative link has no place to lead to', () => {
  const { html, warnings } = articleOf('[x](./map.pdf)', { aliases: ['soil'] });
  expect(html).toBe('<p>x</p>');
  expect(warnings).toHaveLength(1);
});

test.each([
  ['![A bed](/images/bed.jpg)', '<img src="https://blog.example.com/images/bed.jpg" alt="A bed">'],
  ['![A bed](bed.jpg)', '<img src="https://blog.example.com/posts/soil/bed.jpg" alt="A bed">'],
])('the image %s is made absolute', (markdown, html) => {
  expect(articleOf(markdown).html).toContain(html);
});

test.each(['data:image/png;base64,AAAA', 'javascript:alert(1)', 'mailto:press@example.com'])(
  'an image at %s leaves its description',
  (src) => {
    const { html, warnings } = articleOf(`<img src="${src}" alt="A bed">`);
    expect(html).toContain('[Image: A bed]');
    expect(warnings).toHaveLength(1);
  },
);

test('an article knows which issues of its series it links to', () => {
  expect([...articleOf('[a](01-tools.md) [b](/posts/種子/) [c](/about/)').linkedIssues]).toEqual([
    'tools',
    'seeds',
  ]);
});
