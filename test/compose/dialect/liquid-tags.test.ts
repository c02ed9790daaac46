import { describe, expect, test } from 'vitest';
import { articleOf } from '../article/article-of.ts';

const WEB = 'https://news.example.com/s/garden/soil';
const SEE = `<a href="${WEB}">See this part on the web</a>`;
const SEEDS = 'https://blog.example.com/posts/%E7%A8%AE%E5%AD%90/';
const POST = 'blog/_posts/2026-01-05-soil.md';

const callout = (kind: string, title: string, inside: string): string =>
  `<div class="callout callout-${kind}"><p class="callout-title">${title}</p>${inside}</div>`;

const flat = (html: string): string => html.replace(/>\n</g, '><').trim();

describe('Jekyll', () => {
  test.each([
    [
      '{% highlight ruby linenos %}\ndef x\n  {{ y }}\nend\n{% endhighlight %}',
      '<pre><code class="language-ruby">def x\n  {{ y }}\nend\n</code></pre>',
    ],
    ['{%- highlight js -%}\na\n{%- endhighlight -%}', '<pre><code class="language-js">a\n</code></pre>'],
    [
      '{% raw %}\n{{ a }} *b* `{{ c }}`\n{% endraw %}',
      '<p><code>{{ a }}</code> <em>b</em> <code>{{ c }}</code></p>',
    ],
    [
      '{% raw %}\n```\n{{ a }}\n```\n{% endraw %}\n\n*b*',
      '<pre><code>{{ a }}\n</code></pre><p><em>b</em></p>',
    ],
    [
      '```liquid\n{% raw %}\n{{ a }}\n{% endraw %}\n```',
      '<pre><code class="language-liquid">{{ a }}\n</code></pre>',
    ],
    ['`{% raw %}{{ a }}{% endraw %}`', '<p><code>{{ a }}</code></p>'],
    ['a{% comment %}*secret* {% if x %}{% endcomment %}b', '<p>ab</p>'],
    ['[a]({% post_url 2026-01-07-03-seeds %})', `<p><a href="${SEEDS}">a</a></p>`],
    ['[a]({% link _posts/2026-01-07-03-seeds.md %})', `<p><a href="${SEEDS}">a</a></p>`],
    ['[a]({{ site.url }}{% post_url 03-seeds %}#b)', `<p><a href="${SEEDS}#b">a</a></p>`],
    ['[a]({% link assets/a.pdf %})', '<p><a href="https://blog.example.com/assets/a.pdf">a</a></p>'],
    ['![a]({{ site.baseurl }}/a.png)', '<p><img src="https://blog.example.com/a.png" alt="a"></p>'],
    [
      '<img src="{{ \'/a.png\' | relative_url }}" alt="a">',
      '<img src="https://blog.example.com/a.png" alt="a">',
    ],
    ['![a]({{ "/a.png" | absolute_url }})', '<img src="https://blog.example.com/a.png" alt="a">'],
    [
      '![a]({{ "a.png" | prepend: "/img/" | prepend: site.baseurl }})',
      '<img src="https://blog.example.com/img/a.png" alt="a">',
    ],
    ['{{ page.title }} by {{ page.author | upcase }}', '<p>Feeding the soil by ASH</p>'],
    ['{{ page.date | date: "%-d %B %Y" }}', '<p>5 January 2026</p>'],
    ['{{ page.date | date_to_string }}, {{ "a" | append: \'b\' | escape }}', '<p>05 Jan 2026, ab</p>'],
    ['{{ "{{ x }}" }}', '<p><code>{{ x }}</code></p>'],
    [
      '{% include figure.html src="/a.png" alt="A" caption="C" %}',
      '<figure><img src="https://blog.example.com/a.png" alt="A"><figcaption>C</figcaption></figure>',
    ],
    [
      "{% include embed/youtube.html id='dQw4w9WgXcQ' %}",
      'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"',
    ],
    ['{% include video id="76979871" provider="vimeo" %}', 'href="https://vimeo.com/76979871"'],
    ['{% include note.html content="a *b*" %}', callout('note', 'Note', '<p>a <em>b</em></p>')],
    ['{% include toc.html %}\na', '<p>a</p>'],
    ['{% gist elm/0a1b2c dig.rb %}', 'href="https://gist.github.com/elm/0a1b2c"'],
    ['{% assign a = "b *c*" %}{{ a }}', '<p>b <em>c</em></p>'],
    ['{% assign a = page.author | upcase %}by {{ a }}.', '<p>by ASH.</p>'],
    [
      '{% assign img = site.baseurl | append: "/img" %}\n\n![a]({{ img }}/b_c_d.png)',
      'src="https://blog.example.com/img/b_c_d.png"',
    ],
    ['{% capture a %}b {{ page.author }}{% endcapture %}{{ a }}, {{ a | upcase }}', '<p>b ash, B ASH</p>'],
    [
      '{% capture a %}\n#### b\n\n- c\n{% endcapture %}\n<div>{{ a | markdownify }}</div>',
      '<h2>b</h2><ul><li>c</li></ul>',
    ],
    ['{% assign a = 1 %}{% assign a = 2 %}{{ a }}', '<p>2</p>'],
    ['{{ page.description | markdownify }}', '<p>How <em>soil</em> eats</p>'],
    ['{{ page.date | date: "%A, %b %-d" }}', '<p>Monday, Jan 5</p>'],
    [
      '{% youtube "https://www.youtube.com/watch?v=dQw4w9WgXcQ" %}',
      'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"',
    ],
  ])('%j', (body, html) => {
    const article = articleOf(body, {
      file: POST,
      params: { author: 'ash', date: '2026-01-05 07:00:00 +0100', description: 'How *soil* eats' },
    });
    expect(flat(article.html)).toContain(html);
    expect(article.warnings).toEqual([]);
  });

  test.each([
    ['https://blog.example.com/base', '[a]({{ "/b" | relative_url }})', 'https://blog.example.com/base/b'],
    [
      'https://blog.example.com/base',
      '[a]({{ site.url }}{{ site.baseurl }}/b)',
      'https://blog.example.com/base/b',
    ],
    ['https://blog.example.com/base/', '[a]({{ "/b" | absolute_url }})', 'https://blog.example.com/base/b'],
  ])('a blog at %s has %s at %s', (siteUrl, body, url) => {
    expect(articleOf(body, { siteUrl }).html).toBe(`<p><a href="${url}">a</a></p>`);
  });

  test.each([
    ['![a]({{ site.url }}/img/a.png)', 'image'],
    ['[a]({{ site.url }}{{ site.baseurl }}/b/)', 'link'],
    ['<img src="{{ site.url }}/a.png" alt="a">', 'image'],
  ])('without an address of the site %s is a relative one', (body, kind) => {
    const { html, problems } = articleOf(body, { siteUrl: '' });
    expect(html).not.toContain(WEB);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(kind);
    expect(problems[0]?.fix).toContain('SITE_URL');
  });

  test('an address of the site that nobody knows is not left out in silence', () => {
    expect(articleOf('at {{ site.url }} you', { siteUrl: '' }).rules).toEqual(['template-syntax']);
  });

  test('a date in the name of the file is the date of the post', () => {
    expect(articleOf('{{ page.date | date: "%Y" }}', { file: POST }).html).toBe('<p>2026</p>');
  });

  test.each([
    ['[a]({% link _docs/history.md %}#v3)', `${WEB}#v3`],
    ['[a]({{ site.url }}{% link _docs/history.md %})', WEB],
    ['<a href="{{ site.baseurl }}{% link _docs/history.md %}#v3">a</a>', `${WEB}#v3`],
  ])('%s leads to the web version', (body, url) => {
    const { html, problems } = articleOf(body, { siteUrl: 'https://blog.example.com/base' });
    expect(html).toBe(`<p><a href="${url}">a</a></p>`);
    expect(problems).toMatchObject([{ rule: 'broken-link' }]);
    expect(problems[0]?.message).not.toContain('partwork:');
  });

  test('a tag in code is shown as written where Jekyll is not the generator', () => {
    expect(articleOf('`{% raw %}`', { file: 'source/_posts/soil.md' }).html).toContain(
      '<code>{% raw %}</code>',
    );
    expect(articleOf('`{% raw %}`').html).toContain('<code>{% raw %}</code>');
  });

  test.each([
    ['a {% if x %}\nb\n{% else %}\nc\n{% endif %} d', `<p>a ${SEE} d</p>`, 'link'],
    ['{% for a in b %}\n- {{ a }}\n{% endfor %}', `<p>${SEE}</p>`, 'link'],
    ['{% capture a %}{% if b %}c{% endif %}{% endcapture %}', `<p>${SEE}</p>`, 'link'],
    ['{% assign a = site.posts | size %}\n\nb', '<p>b</p>', 'left out'],
    ['{% wrapped %}\n*b*\n{% endwrapped %}', '<p><em>b</em></p>', 'what it holds'],
    ['{% include form.html %}', `<p>${SEE}</p>`, 'link'],
    ['{{ site.title }}', `<p>${SEE}</p>`, 'link'],
    ['{{ site.title }}\nb', `<p>${SEE}\nb</p>`, 'link'],
    ['**{{ site.title }}**', `<p><strong>${SEE}</strong></p>`, 'link'],
    ['a {{ site.title }} b', '<p>a  b</p>', 'left out'],
    ['a **{{ site.title }}** b', '<p>a <strong></strong> b</p>', 'left out'],
    ['## a {{ page.nothing }}', '<h2>a </h2>', 'left out'],
    ['| a {{ page.nothing }} |\n| - |', '<th>a </th>', 'left out'],
    ['<p>a {{ page.nothing }}</p>', '<p>a </p>', 'left out'],
    ['<p>{{ page.nothing }}</p>', `<p>${SEE}</p>`, 'link'],
    ['a {{ page.title | mystery }}', '<p>a</p>', 'left out'],
    ['a {{ open\nb', `<p>a ${SEE}\nb</p>`, 'link'],
    ['a {% open\nb', `<p>a ${SEE}\nb</p>`, 'link'],
    ['[a]({{ page.next.url }})', '<p>a</p>', 'words of the link'],
  ])('%j is not understood', (body, html, instead) => {
    const article = articleOf(body, { file: POST });
    expect(flat(article.html)).toContain(html);
    expect(article.problems).toMatchObject([{ rule: 'template-syntax', severity: 'warning', line: 5 }]);
    expect(article.problems[0]?.message).toContain(instead);
  });

  test.each(['[a]({% post_url 2026-01-01-nope %})', '{{< ref "%ff.md" >}}', '{{< ref "100%.md" >}}'])(
    '%s leads nowhere, which is an error',
    (body) => {
      expect(articleOf(body).problems).toMatchObject([{ severity: 'error', rule: 'broken-link' }]);
    },
  );
});

describe('a generator that runs neither Liquid nor Nunjucks', () => {
  test.each([
    ['a {{ message }} b', '<p>a <code>{{ message }}</code> b</p>'],
    ['a {% if %} b', '<p>a <code>{% if %}</code> b</p>'],
    ['a {% if x %}*b*{% endif %} c', '<p>a <code>{% if x %}</code><em>b</em><code>{% endif %}</code> c</p>'],
    [
      '{% for a in b %}\n- c\n{% endfor %}',
      '<p><code>{% for a in b %}</code></p><ul><li>c</li></ul><p><code>{% endfor %}</code></p>',
    ],
    ['a {% endif %} b', '<p>a <code>{% endif %}</code> b</p>'],
    ['a {{ open\nb', '<p>a <code>{{ open</code>\nb</p>'],
    ['<p>a {{ message }}</p>', '<p>a <code>{{ message }}</code></p>'],
    ['## {{ message }}', '<h2><code>{{ message }}</code></h2>'],
  ])('%j is shown as code, and told', (body, html) => {
    const article = articleOf(body);
    expect(flat(article.html)).toBe(html);
    expect(article.problems).toMatchObject([{ rule: 'template-syntax', severity: 'warning', line: 5 }]);
    expect(article.problems[0]?.message).toContain('shown as code');
  });

  test.each(['{{#if x}}', '{{/if}}', '{{>part}}', '{{!-- a --}}', '{{}}', '{% %}', '{% # a %}'])(
    '%s can only be meant to be read',
    (source) => {
      const article = articleOf(`a ${source} b`);
      expect(article.html).toBe(`<p>a <code>${source}</code> b</p>`);
      expect(article.warnings).toEqual([]);
    },
  );

  test.each([undefined, POST])('a comment of Nunjucks stays in %s', (file) => {
    expect(articleOf('a {# b #} c', file === undefined ? {} : { file }).html).toBe('<p>a {# b #} c</p>');
  });
});

test.each([
  ['a {% raw %}{{ x }}{% endraw %} b.', '<p>a <code>{{ x }}</code> b.</p>'],
  ['a\n*b* {% raw %}{{ x }}{% endraw %}', '<p>a\n<em>b</em> <code>{{ x }}</code></p>'],
  ['{% raw %}a{% endraw %}\n{% raw %}b{% endraw %}', '<p>a</p><p>b</p>'],
  ['a {% wrapped %}b{% endwrapped %} c', '<p>a b c</p>'],
  ['a {% wrapped %}b\nc{% endwrapped %} d', '<p>a</p><p>b\nc</p><p>d</p>'],
])('%j: one line among words is no paragraph of its own', (body, html) => {
  expect(flat(articleOf(body, { file: POST }).html)).toBe(html);
});

test.each([
  ['<pre><code>{% if x %}words{% endif %} tail</code></pre>', '{% if x %}words{% endif %} tail'],
  ['<pre>a\n{% if x %}\nwords\n{% endif %} tail</pre>', 'a\n{% if x %}\nwords\n{% endif %} tail'],
])('%j keeps what stands between two tags in code', (body, code) => {
  expect(articleOf(body).html).toContain(code);
});

describe('Hexo', () => {
  test.each([
    [
      '{% asset_img lamp.png 一盞路燈 %}',
      '<p><img src="https://blog.example.com/posts/soil/lamp.png" alt="一盞路燈"></p>',
    ],
    ['{% asset_img left a.png 100 200 \'"T" "A"\' %}', 'alt="A" title="T" width="100" height="200"'],
    ['{% img /a.png 100 A words %}', '<img src="https://blog.example.com/a.png" alt="A words" width="100">'],
    ['[a]({% asset_path a.pdf %})', '<a href="https://blog.example.com/posts/soil/a.pdf">a</a>'],
    ['{% asset_link a.pdf The file %}', '<a href="https://blog.example.com/posts/soil/a.pdf">The file</a>'],
    ['{% post_link 03-seeds %}', `<a href="${SEEDS}">Seeds</a>`],
    ['{% post_link 03-seeds 種子 和 花 true %}', `<a href="${SEEDS}">種子 和 花</a>`],
    ['[a]({% post_path 03-seeds %})', `<a href="${SEEDS}">a</a>`],
    ['{% link The words https://a.example %}', '<p><a href="https://a.example">The words</a></p>'],
    [
      '{% note info no-icon %}\na **b**\n{% endnote %}',
      callout('note', 'Note', '<p>a <strong>b</strong></p>'),
    ],
    ['{% note danger 小心 %}\na\n{% endnote %}', callout('caution', '小心', '<p>a</p>')],
    ["{% note green 'fas fa-fan' modern %}\na\n{% endnote %}", '<p>a</p>'],
    [
      '{% codeblock 路線 lang:js %}\na\n{% endcodeblock %}',
      '<p><strong>路線</strong></p><pre><code class="language-js">a\n</code></pre>',
    ],
    ['{% code %}\n{{ a }}\n{% endcode %}', '<pre><code>{{ a }}\n</code></pre>'],
    [
      '{% blockquote 佚名, 夜歌 %}\na\n{% endblockquote %}',
      '<blockquote><p>a</p><p>— 佚名, 夜歌</p></blockquote>',
    ],
    [
      '{% blockquote elm https://a.example The book %}\na\n{% endblockquote %}',
      '<p>— <a href="https://a.example">elm, The book</a></p>',
    ],
    ['{% pullquote left %}\na\n{% endpullquote %}', '<blockquote><p>a</p></blockquote>'],
    ['{% cq %} a {% endcq %}', '<blockquote><p>a</p></blockquote>'],
    [
      '{% tabs 工具 %}\n<!-- tab 手電筒@bolt -->\na\n<!-- endtab -->\n<!-- tab 水壺 -->\nb\n<!-- endtab -->\n{% endtabs %}',
      '<p><strong>手電筒</strong></p><p>a</p><p><strong>水壺</strong></p><p>b</p>',
    ],
    [
      '{% btn https://a.example, 地圖, home, large %}',
      '<p><a href="https://a.example" class="button">地圖</a></p>',
    ],
    ['a {% label primary@b %} c', '<p>a <mark>b</mark> c</p>'],
    ['{% youtube dQw4w9WgXcQ %}', 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"'],
    ['{% vimeo 76979871 %}', 'href="https://vimeo.com/76979871"'],
    ['{% iframe https://a.example/x 100% 300 %}', '<a href="https://a.example/x">Open on a.example</a>'],
    ['{% raw %}<p>a <b>b</b></p>{% endraw %}', '<p>a <b>b</b></p>'],
    ['{% mermaid %}\ngraph\n{% endmermaid %}', 'A diagram: see it on the web'],
    ['a {# never shown #}b', '<p>a b</p>'],
    ['{% grouppicture 2-2 %}![a](/a.png)![b](/b.png){% endgrouppicture %}', 'alt="a"><img'],
    ['{% gp 2-2 %}![a](/a.png){% endgp %}', '<img src="https://blog.example.com/a.png" alt="a">'],
    [
      '{% subtabs x %}\n<!-- tab a -->\nb\n<!-- endtab -->\n{% endsubtabs %}',
      '<p><strong>a</strong></p><p>b</p>',
    ],
    ['{% caniuse fetch @ past_2 %}', '<a href="https://caniuse.com/fetch">caniuse.com/fetch</a>'],
    ['a {% btn #,, home %}b', '<p>a b</p>'],
    ['{% set a = "b" %}{{ a }}', '<p>b</p>'],
  ])('%j', (body, html) => {
    const article = articleOf(body, { file: 'source/_posts/soil.md' });
    expect(flat(article.html)).toContain(html);
    expect(article.warnings).toEqual([]);
  });
});
