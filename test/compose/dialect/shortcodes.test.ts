import { describe, expect, test } from 'vitest';
import { articleOf } from '../article/article-of.ts';
import { dangersIn } from '../dangers-in.ts';

const WEB = 'https://news.example.com/s/garden/soil';
const SEE = `<a href="${WEB}">See this part on the web</a>`;
const SEEDS = 'https://blog.example.com/posts/%E7%A8%AE%E5%AD%90/';

const callout = (kind: string, title: string, inside: string): string =>
  `<div class="callout callout-${kind}"><p class="callout-title">${title}</p>${inside}</div>`;

const card = (href: string, words: string, title = ''): string =>
  `<div class="embed">${title === '' ? '' : `<p class="embed-title">${title}</p>`}<p><a href="${href}">${words}</a></p></div>`;

describe.each([
  [
    'figures',
    [
      [
        '{{< figure src="/a.png" alt="A" >}}',
        '<figure><img src="https://blog.example.com/a.png" alt="A"></figure>',
      ],
      [
        '{{< figure src="/a.png" alt="A" caption="The **b** c" >}}',
        '<figcaption>The <strong>b</strong> c</figcaption>',
      ],
      ['{{< figure src="/a.png" caption="C *d*" >}}', 'alt="C d"'],
      [
        '{{< figure src="/a.png" alt="A" title="T" caption="C" attr="ash" attrlink="https://a.example" >}}',
        '<figcaption><strong>T</strong> C <a href="https://a.example">ash</a></figcaption>',
      ],
      [
        '{{< figure src="/a.png" alt="A" link="https://a.example" >}}',
        '<a href="https://a.example"><img src="https://blog.example.com/a.png" alt="A"></a>',
      ],
      ['{{< figure src="/a.png" alt="A" width="300px" height="20" >}}', 'alt="A" width="300" height="20"'],
      [
        '{{< figure\n  src="/a.png"\n\n  alt="A"\n>}}',
        '<figure><img src="https://blog.example.com/a.png" alt="A"></figure>',
      ],
      ['{{< figure src=`/a.png` alt="a \\"b\\"" />}}', 'alt="a &#x22;b&#x22;"'],
      [
        '{{< image src="/a.png" alt="A" caption="C" >}}',
        '<figure><img src="https://blog.example.com/a.png" alt="A"><figcaption>C</figcaption></figure>',
      ],
      ['{{< img "/a.png" "A" >}}', '<p><img src="https://blog.example.com/a.png" alt="A"></p>'],
      ['{{< media/figure src="/a.png" alt="A" >}}', '<figure>'],
      ['{{< imgproc "a.jpg" Fill "600x300" >}}C{{< /imgproc >}}', '<figcaption>C</figcaption>'],
      [
        '{{< gallery >}}{{< figure src="/a.png" alt="A" >}}{{< /gallery >}}',
        '<figure><img src="https://blog.example.com/a.png" alt="A"></figure>',
      ],
    ],
  ],
  [
    'players',
    [
      ['{{< youtube dQw4w9WgXcQ >}}', 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"'],
      ['{{< youtube id="dQw4w9WgXcQ" title="Rain" >}}', '▶ Watch the video: Rain</a>'],
      ['{{< youtubeLite id="dQw4w9WgXcQ" label="Rain" >}}', '▶ Watch the video: Rain</a>'],
      ['{{< vimeo 76979871 >}}', card('https://vimeo.com/76979871', 'Open on vimeo.com')],
      [
        '{{< bilibili BV1xx411c7mD >}}',
        card('https://www.bilibili.com/video/BV1xx411c7mD/', 'Open on bilibili.com'),
      ],
      ['{{< bilibili id="BV1xx411c7mD" p="2" >}}', 'https://www.bilibili.com/video/BV1xx411c7mD/?p=2'],
      ['{{< bilibili 170001 >}}', 'https://www.bilibili.com/video/av170001/'],
      ['{{< tencent a123 >}}', 'https://v.qq.com/x/page/a123.html'],
      ['{{< youku XNTA >}}', 'https://v.youku.com/v_show/id_XNTA.html'],
      ['{{< douyin 42 >}}', card('https://www.douyin.com/video/42', 'Open on douyin.com')],
      ['{{< music 186016 >}}', 'https://music.163.com/#/song?id=186016'],
      ['{{< tweet user="elm" id="123" >}}', card('https://x.com/elm/status/123', 'Open on x.com')],
      ['{{< x 123 >}}', 'https://x.com/i/status/123'],
      ['{{< instagram abc >}}', card('https://www.instagram.com/p/abc/', 'Open on instagram.com')],
      [
        '{{< gist elm 0a1b2c dig.rb >}}',
        card('https://gist.github.com/elm/0a1b2c', 'See the code on gist.github.com', 'dig.rb'),
      ],
      ['{{< github repo="elm/dig" >}}', card('https://github.com/elm/dig', 'Open on github.com', 'elm/dig')],
      ['{{< video src="/a.mp4" >}}', '<a href="https://blog.example.com/a.mp4">▶ Watch the video</a>'],
      ['{{< audio "/a.mp3" >}}', '<a href="https://blog.example.com/a.mp3">Listen</a>'],
      ['{{< iframe "https://a.example/x" >}}', card('https://a.example/x', 'Open on a.example')],
      ['{{< qr text="https://a.example" />}}', '<p><a href="https://a.example">https://a.example</a></p>'],
    ],
  ],
  [
    'callouts',
    [
      ['{{< notice tip >}}a **b**{{< /notice >}}', callout('tip', 'Tip', '<p>a <strong>b</strong></p>')],
      ['{{< notice warning "Ha" >}}a{{< /notice >}}', callout('warning', 'Ha', '<p>a</p>')],
      [
        '{{< admonition type=danger title="小提醒" open=true >}}a{{< /admonition >}}',
        callout('caution', '小提醒', '<p>a</p>'),
      ],
      ['{{% alert title="T" color="warning" %}}a{{% /alert %}}', callout('warning', 'T', '<p>a</p>')],
      ['{{< alert "circle-info" >}}a{{< /alert >}}', callout('note', 'Note', '<p>a</p>')],
      ['{{% hint danger %}}a{{% /hint %}}', callout('caution', 'Caution', '<p>a</p>')],
      ['{{< callout type="info" emoji="x" >}}a{{< /callout >}}', callout('note', 'Note', '<p>a</p>')],
      ['{{< tip "T *u*" >}}a{{< /tip >}}', callout('tip', 'T <em>u</em>', '<p>a</p>')],
      ['{{< warning >}}a{{< /warning >}}', callout('warning', 'Warning', '<p>a</p>')],
      [
        '{{< note >}}a{{< important >}}b{{< /important >}}{{< /note >}}',
        callout('important', 'Important', '<p>b</p>'),
      ],
      ['{{< notice tip "said here" >}}', callout('tip', 'Tip', '<p>said here</p>')],
    ],
  ],
  [
    'code',
    [
      [
        '{{< highlight go "linenos=true" >}}\nx := `a`\n```\n{{< y >}}\n{{< /highlight >}}',
        '<pre><code class="language-go">x := `a`\n```\n{{&#x3C; y >}}\n</code></pre>',
      ],
      ['{{< code lang="js" >}}\na\n{{< /code >}}', '<pre><code class="language-js">a\n</code></pre>'],
      ['a {{< code >}}b *c*{{< /code >}} d', '<p>a <code>b *c*</code> d</p>'],
      ['{{< mermaid >}}\ngraph LR\n{{< /mermaid >}}', card(WEB, 'A diagram: see it on the web')],
      ['a {{< katex >}}\\pi_1*b*{{< /katex >}} c', '<p>a <code>\\pi_1*b*</code> c</p>'],
      ['{{< katex display >}}\n\\pi\n{{< /katex >}}', '<pre><code>\\pi\n</code></pre>'],
    ],
  ],
  [
    'words and boxes',
    [
      ['a {{< param author >}} b', '<p>a ash b</p>'],
      ['{{% param "Title" %}}', '<p>Feeding the soil</p>'],
      ['{{< kbd Ctrl >}}', '<p><kbd>Ctrl</kbd></p>'],
      ['a {{< mark >}}b *c*{{< /mark >}} d', '<p>a <mark>b <em>c</em></mark> d</p>'],
      ['{{< abbr "HTML" "Hypertext" >}}', '<abbr title="Hypertext">HTML</abbr>'],
      ['{{< ruby "明前" "míng" >}}', '<ruby>明前<rt>míng</rt></ruby>'],
      [
        '{{< button href="/join/" >}}Join{{< /button >}}',
        '<p><a href="https://blog.example.com/join/" class="button">Join</a></p>',
      ],
      [
        '{{< button "https://a.example" "Join" >}}',
        '<p><a href="https://a.example" class="button">Join</a></p>',
      ],
      ['{{< link "https://a.example" "words" >}}', '<p><a href="https://a.example">words</a></p>'],
      ['{{< icon "github" >}}a', '<p>a</p>'],
      ['{{< comment >}}secret{{< /comment >}}', ''],
      [
        '{{< details summary="S *t*" >}}in{{< /details >}}',
        '<div><p><strong>S <em>t</em></strong></p><p>in</p></div>',
      ],
      ['{{< expand "More" >}}in{{< /expand >}}', '<p><strong>More</strong></p><p>in</p>'],
      [
        '{{< quote author="elm" source="Book" url="https://a.example" >}}q{{< /quote >}}',
        '<blockquote><p>q</p><p>— <a href="https://a.example">elm, Book</a></p></blockquote>',
      ],
      ['{{< center >}}a{{< /center >}}', '<p>a</p>'],
      ['{{< columns >}}\nl\n<--->\nr\n{{< /columns >}}', '<p>l</p><p>r</p>'],
      ['{{< rawhtml >}}<p>a <b>b</b></p>{{< /rawhtml >}}', '<p>a <b>b</b></p>'],
      ['{{< rtl >}}a{{< /rtl >}}', '<div dir="rtl"><p>a</p></div>'],
      [
        '{{< card title="T" link="/a/" subtitle="S" >}}',
        '<p><strong><a href="https://blog.example.com/a/">T</a></strong></p><p>S</p>',
      ],
      [
        '{{< tabs >}}\n    {{< tab "A" >}}\n    a\n    {{< /tab >}}\n    {{< tab name="B" >}}b{{< /tab >}}\n{{< /tabs >}}',
        '<p><strong>A</strong></p><p>a</p><p><strong>B</strong></p><p>b</p>',
      ],
    ],
  ],
] as const)('%s', (_, rows) => {
  test.each([...rows])('%j', (body, html) => {
    const article = articleOf(body, { params: { author: 'ash' } });
    expect(article.html.replace(/>\n</g, '><')).toContain(html);
    expect(article.warnings).toEqual([]);
  });
});

test.each([
  [
    'a list',
    '- a\n\n  {{< tip >}}\n  b\n\n  - c\n  {{< /tip >}}\n\n- d',
    `<p>a</p>${callout('tip', 'Tip', '<p>b</p><ul><li>c</li></ul>')}</li><li>`,
  ],
  [
    'a numbered list',
    '1. a\n\n   {{% tip %}}\n       code\n   {{% /tip %}}',
    callout('tip', 'Tip', '<p>code</p>'),
  ],
  [
    'a quote',
    '> a\n>\n> {{% tip %}}\n> b\n>\n> - c\n> {{% /tip %}}\n>\n> d',
    `<blockquote><p>a</p>${callout('tip', 'Tip', '<p>b</p><ul><li>c</li></ul>')}<p>d</p></blockquote>`,
  ],
  [
    'a quote in a list',
    '- > {{< tip >}}\n  > b\n  > {{< /tip >}}',
    `<blockquote>${callout('tip', 'Tip', '<p>b</p>')}</blockquote>`,
  ],
  ['a table', '| a |\n| - |\n| {{< kbd "x" >}} |', '<td><kbd>x</kbd></td>'],
  [
    'a table, where a player is a line',
    '| a |\n| - |\n| {{< vimeo 76979871 >}} |',
    '<a href="https://vimeo.com/76979871">',
  ],
  ['a heading', '## a {{< badge "new" >}}', '<h2>a new</h2>'],
  [
    'emphasis',
    '**a {{< kbd x >}}** _{{< kbd y >}}_',
    '<strong>a <kbd>x</kbd></strong> <em><kbd>y</kbd></em>',
  ],
  ['CJK text', '文字**「{{< kbd x >}}」**文字', '<p>文字<strong>「<kbd>x</kbd>」</strong>文字</p>'],
  [
    'the words of a link',
    '[{{< kbd x >}}](https://a.example)',
    '<a href="https://a.example"><kbd>x</kbd></a>',
  ],
  ["a link's address", '[a]({{< ref "03-seeds.md#b" >}})', `<a href="${SEEDS}#b">a</a>`],
  ['a link definition', '[a][b]\n\n[b]: {{< relref "seeds" >}}', `<a href="${SEEDS}">a</a>`],
  [
    'an image',
    '![{{< param author >}}](/{{< param author >}}.png "{{< param author >}}")',
    '<img src="https://blog.example.com/ash.png" alt="ash" title="ash">',
  ],
  [
    'a bare address',
    'https://a.example/{{< param author >}}/',
    '<a href="https://a.example/ash/">https://a.example/ash/</a>',
  ],
  ['a footnote', 'a[^1]\n\n[^1]: By {{< param author >}}', 'By ash'],
  ['an attribute of HTML', '<a href="{{< ref "seeds" >}}">a</a>', `<a href="${SEEDS}">a</a>`],
  [
    'a block of HTML',
    '<div>\n{{< tip >}}a *b*{{< /tip >}}\n</div>',
    callout('tip', 'Tip', '<p>a <em>b</em></p>'),
  ],
  ['a line of HTML', '<p>by {{< param author >}}, {{< kbd x >}}.</p>', '<p>by ash, <kbd>x</kbd>.</p>'],
  [
    'the middle of a paragraph',
    'a {{< tip >}}b{{< /tip >}} c',
    `<p>a</p>${callout('tip', 'Tip', '<p>b</p>')}<p>c</p>`,
  ],
  ['a comment', 'a\n\n<!-- {{< what >}} -->\n\nb', '<p>a</p>'],
])('a shortcode in %s', (_, body, html) => {
  const article = articleOf(body, { params: { author: 'ash' } });
  expect(article.html.replace(/\s*\n\s*/g, '')).toContain(html);
  expect(article.warnings).toEqual([]);
});

test('what is inside a shortcode knows the links and footnotes of the whole post', () => {
  const { html, warnings } = articleOf(
    '{{< tip >}}\nsee [x][out], [own], note[^1]\n\n[own]: https://own.example\n{{< /tip >}}\n\n[out]: https://out.example\n\n[^1]: Foot',
  );
  expect(html).toContain(
    '<a href="https://out.example">x</a>, <a href="https://own.example">own</a>, note<sup>[1]</sup>',
  );
  expect(warnings).toEqual([]);
});

describe('what is shown as code is not run', () => {
  test.each([
    ['`{{< x >}}`', '<code>{{&#x3C; x >}}</code>'],
    ['``{{% x "`" %}}``', '<code>{{% x "`" %}}</code>'],
    ['```\n{{< x >}}\n\n{{% y %}}\n```', '<pre><code>{{&#x3C; x >}}\n\n{{% y %}}\n</code></pre>'],
    ['    {{< x >}}\n      {{< /x >}}', '<pre><code>{{&#x3C; x >}}\n  {{&#x3C; /x >}}\n</code></pre>'],
    ['> ```\n> {{< x\n>   y\n>\n>   z >}}\n> ```', '<pre><code>{{&#x3C; x\n  y\n\n  z >}}\n</code></pre>'],
    ['- ~~~\n  {{< x\n\n    y >}}\n  ~~~', '<pre><code>{{&#x3C; x\n\n  y >}}\n</code></pre>'],
    ['```go {{< x >}}\na\n```', '<pre><code class="language-go">a\n</code></pre>'],
    ['`{{</* x */>}}` ', '<code>{{&#x3C; x >}}</code>'],
    ['```\n{{%/* x */%}}\n```', '<pre><code>{{% x %}}\n</code></pre>'],
    ['a {{</* x "y" */>}} b', '<p>a <code>{{&#x3C; x "y" >}}</code> b</p>'],
    ['<pre>{{< x >}}</pre>', '<pre>{{&#x3C; x >}}</pre>'],
    ['a <code>{{< x >}}</code> b', '<code>{{&#x3C; x >}}</code>'],
  ])('%j', (body, html) => {
    const article = articleOf(body);
    expect(article.html).toContain(html);
    expect(article.warnings).toEqual([]);
  });

  test.each([
    '```\n{{< tip >}}\n```\n\nafter\n\n{{< tip >}}in{{< /tip >}}',
    'Write `{{< tip >}}` before.\n\nafter\n\n{{< tip >}}in{{< /tip >}}',
    '> ```\n> {{< tip >}}\n\nafter\n\n{{< tip >}}in{{< /tip >}}',
    '<!-- {{< tip >}} -->\n\nafter\n\n{{< tip >}}in{{< /tip >}}',
  ])('and takes no text with it: %j', (body) => {
    const { html, warnings } = articleOf(body);
    expect(html).toContain(`<p>after</p>\n${callout('tip', 'Tip', '<p>in</p>')}`);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['```\n{{< tip >}}\n```\n\nafter {{< /tip >}}', '<p>after</p>'],
    ['`{{< tip >}}` *after* {{< /tip >}}', '<em>after</em>'],
    ['> ```\n> {{< tip >}}\n\nafter {{< /tip >}}', '<p>after</p>'],
    [
      '{{< tip >}}\n```\n{{< /tip >}}\n```\nb\n{{< /tip >}}',
      '<pre><code>{{&#x3C; /tip >}}\n</code></pre><p>b</p></div>',
    ],
  ])('nor does it end or begin what is outside: %j', (body, html) => {
    expect(articleOf(body).html.replace(/>\n</g, '><')).toContain(html);
  });

  test('a fence that is only in a raw shortcode ends with it', () => {
    const { html } = articleOf('{{< highlight md >}}\n```\n{{< /highlight >}}\n\n*after*');
    expect(html).toContain('<pre><code class="language-md">```\n</code></pre>\n<p><em>after</em></p>');
  });
});

describe('what is not understood', () => {
  test.each([
    [
      'a {{< weather city="x" >}} b',
      '<p>a  b</p>',
      '5: The shortcode {{< weather city="x" >}} is not understood, so it was left out.',
    ],
    [
      'a {{< what >}}*b*{{< /what >}} c',
      '<p>a <em>b</em> c</p>',
      '5: The shortcode {{< what >}} is not understood, so only what it holds was kept.',
    ],
    [
      'a\n{{< weather\n  city="x"\n>}}\nb',
      `<p>a\n${SEE}\nb</p>`,
      '6: The shortcode {{< weather city="x" >}} is not understood, so a link to the web version stands in its place.',
    ],
    [
      'a\n\n{{< what >}}in *it*{{< /what >}}',
      '<p>a</p>\n<p>in <em>it</em></p>',
      '7: The shortcode {{< what >}} is not understood, so only what it holds was kept.',
    ],
    [
      '{{< what >}}{{< /what >}}',
      `<p>${SEE}</p>`,
      '5: The shortcode {{< what >}} is not understood, so a link to the web version stands in its place.',
    ],
    [
      'a {{< /what >}} b',
      '<p>a  b</p>',
      '5: The shortcode {{< /what >}} is not understood, so it was left out.',
    ],
    [
      '[a]({{< what >}})',
      '<p>a</p>',
      '5: The shortcode {{< what >}} is not understood, so only the words of the link were kept.',
    ],
    [
      '![a]({{< what >}})',
      `<p><a href="${WEB}">a</a></p>`,
      '5: The shortcode {{< what >}} is not understood, so a link to the web version stands in its place.',
    ],
    [
      '<a href="{{< what >}}">a</a>',
      `<p><a href="${WEB}">a</a></p>`,
      '5: The shortcode {{< what >}} is not understood, so a link to the web version stands in its place.',
    ],
    [
      'a {{< figure src="x" b\nc',
      `<p>a ${SEE}\nc</p>`,
      '5: The shortcode {{< figure src="x" b is not understood, so a link to the web version stands in its place.',
    ],
    [
      '{{< gallery match="img/*" >}}',
      `<p>${SEE}</p>`,
      '5: The shortcode {{< gallery match="img/*" >}} is not understood, so a link to the web version stands in its place.',
    ],
    [
      '{{< param nothing >}}',
      `<p>${SEE}</p>`,
      '5: The shortcode {{< param nothing >}} is not understood, so a link to the web version stands in its place.',
    ],
  ])('%j', (body, html, warning) => {
    const article = articleOf(body);
    expect(article.html).toBe(html);
    expect(article.warnings).toEqual([warning]);
    expect(article.problems).toMatchObject([{ rule: 'template-syntax', severity: 'warning' }]);
  });

  test('may have quotes that do not add up', () => {
    const { html, rules } = articleOf('{{< figure src="x >}}\n\n{{< tip >}}a{{< /tip >}}');
    expect(html).toContain(callout('tip', 'Tip', '<p>a</p>'));
    expect(html).toContain(SEE);
    expect(rules).toEqual(['template-syntax']);
  });

  test('has its line inside of other shortcodes, too', () => {
    const body =
      'a\n\n- b\n\n  {{< tip >}}\n  c\n\n  {{< note >}}\n\n  {{< what >}}\n  {{< /note >}}\n  {{< /tip >}}\n\n{{< that >}}';
    expect(articleOf(body).problems.map(({ line }) => line)).toEqual([14, 18]);
  });

  test('has its line when what is inside uses the links of the post', () => {
    const body = '{{< tip >}}\n[x][y]\n\n{{< what >}}\n{{< /tip >}}\n\n[y]: https://y.example';
    expect(articleOf(body).problems.map(({ line }) => line)).toEqual([8]);
  });

  test('images of shortcodes are told with their lines', () => {
    expect(articleOf('a\n\n{{< figure src="/a.png" >}}').warnings[0]).toMatch(/^7: .*alternative text/);
  });
});

describe('references', () => {
  test.each([
    ['seeds', SEEDS],
    ['03-seeds', SEEDS],
    ['03-seeds.md', SEEDS],
    ['garden/03-seeds.md#x', `${SEEDS}#x`],
    ['/garden/03-seeds', SEEDS],
    ['03-seeds/index.md', SEEDS],
    ['03-seeds.en.md', SEEDS],
  ])('%s leads to the issue', (path, url) => {
    const given = path === 'seeds' ? '種子' : path;
    expect(articleOf(`[a]({{< ref "${given}" >}})`).html).toBe(`<p><a href="${url}">a</a></p>`);
  });

  test('one that leads nowhere is an error', () => {
    const { html, problems } = articleOf('a\n\n[b]({{< ref "nope" >}})');
    expect(html).toContain(`<a href="${WEB}">b</a>`);
    expect(problems).toMatchObject([{ severity: 'error', rule: 'broken-link', line: 7 }]);
  });

  test('one to another section of the blog may be right', () => {
    expect(articleOf('[b]({{< ref "/about" >}})').problems).toMatchObject([
      { severity: 'warning', rule: 'broken-link' },
    ]);
  });
});

test.each([
  '"><script>x</script>',
  "'><img src=x onerror=alert(1)>",
  'javascript:alert(1)',
  '</a></p><iframe src="javascript:alert(1)">',
  '[x](javascript:alert(1))',
])('no parameter becomes markup: %s', (attack) => {
  const tags = [
    'figure src',
    'figure caption',
    'youtube id',
    'button href',
    'notice title',
    'kbd text',
    'quote author',
    'details summary',
    'link href',
    'gist id',
    'video src',
    'abbr title',
  ];
  for (const tag of tags) {
    const [name = '', key = ''] = tag.split(' ');
    const body = `{{< ${name} ${key}=\`${attack}\` >}}in{{< /${name} >}}`;
    const { html } = articleOf(body);
    expect(dangersIn(html)).toEqual([]);
  }
});

test('a hundred thousand characters of openings are one warning a line', () => {
  expect(articleOf('{{<'.repeat(33_000)).problems).toHaveLength(1);
  expect(articleOf('{{< "\n'.repeat(500)).problems).toHaveLength(500);
});

test('tags nested deeper than anybody nests them are told, and end', () => {
  const { html, rules } = articleOf(`${'{{< tip >}}'.repeat(40)}x${'{{< /tip >}}'.repeat(40)}`);
  expect(html).toContain('x');
  expect(html).not.toContain('{{');
  expect(new Set(rules)).toEqual(new Set(['template-syntax']));
});

test('comments that nothing closes are read once', () => {
  expect(articleOf('<!--'.repeat(60_000)).problems).toEqual([]);
});

test.each([
  ['quotes', `${'> '.repeat(1000)}{{< x >}}`, 5],
  ['as many as a post can be long', `a\n\n${'> '.repeat(60_000)}x`, 7],
  ['without spaces', `${'>'.repeat(1000)}x`, 5],
  ['lists', `a\n\n${'1. '.repeat(1000)}x`, 7],
  ['after code', `\`\`\`\nx\n\`\`\`\n\n${'- > '.repeat(400)}x`, 9],
])('blocks nested beyond all reason are an error: %s', (_, body, line) => {
  expect(articleOf(body).problems).toMatchObject([{ severity: 'error', rule: 'deep-nesting', line }]);
});

test.each([
  ['in code', `\`\`\`\n${'> '.repeat(400)}\n\`\`\``],
  ['a rule', '- '.repeat(400)],
  ['in the middle of a line', `a ${'> '.repeat(400)}`],
])('marks that open no block may be many: %s', (_, body) => {
  expect(articleOf(body).problems).toEqual([]);
});

test.each([
  ['{{< style "text-align:right" >}}*words*{{< /style >}}', '<p><em>words</em></p>'],
  ['a {{< style "color:red" >}}b{{< /style >}} c', '<p>a b c</p>'],
  ['{{< style "color:red" >}}\na\n\nb\n{{< /style >}}', '<p>a</p>\n<p>b</p>'],
  ['a {{< icon "star" >}}words{{< /icon >}} b', '<p>a words b</p>'],
  ['{{% clear %}}\n- a\n- b\n{{% /clear %}}', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
  ['{{< style >}}\n.a { color: red }\n{{< /style >}}\n\nb', '<p>b</p>'],
  ['{{< css.inline >}}\n<style>\n.a { color: red }\n</style>\n{{< /css.inline >}}\n\nb', '<p>b</p>'],
  ['{{< script >}}\nf(1)\n{{< /script >}}\n\nb', '<p>b</p>'],
  ['{{< katex >}}\n\na', '<p>a</p>'],
  ['{{< math >}}{{< mathjax >}}\n\na', '<p>a</p>'],
  ['from {{< version 0.2.0 >}} on', '<p>from 0.2.0 on</p>'],
  ['{{< person "https://elm.example" "Elm" "digs" >}}', '<p><a href="https://elm.example">Elm</a></p>'],
  ['{{< person url="https://elm.example" name="Elm" >}}', '<p><a href="https://elm.example">Elm</a></p>'],
  [
    '{{< mapbox 121.5 25.1 12 >}}',
    '<a href="https://www.openstreetmap.org/?mlat=25.1&#x26;mlon=121.5#map=12/25.1/121.5">',
  ],
  ['{{< mapbox lng=-121.5 lat=25 >}}', '#map=10/25/-121.5"'],
  ['{{< music netease song 1868553 >}}', '<a href="https://music.163.com/'],
  ['{{< music server="netease" type="song" id="1868553" >}}', '<a href="https://music.163.com/'],
  ['{{< music auto="https://music.163.com/#/playlist?id=60198" >}}', '<a href="https://music.163.com/'],
  ['{{< blocks/cover title="A" >}}\nb\n{{< /blocks/cover >}}', '<p><strong>A</strong></p>\n<p>b</p>'],
  ['{{% blocks/lead %}}\n*b*\n{{% /blocks/lead %}}', '<p><em>b</em></p>'],
  ['{{< blocks/section >}}\nb\n{{< /blocks/section >}}', '<p>b</p>'],
  ['{{< blocks/link-down color="info" >}}\n\nb', '<p>b</p>'],
])('%j comes to %s', (body, html) => {
  const article = articleOf(body);
  expect(article.html.trim()).toContain(html);
  expect(article.html).not.toMatch(/color: red|f\(1\)/);
  expect(article.warnings).toEqual([]);
});

test('an anchor behind a reference that leads nowhere goes with it', () => {
  const { html, problems } = articleOf('[a]({{< ref "other" >}}#v4)');
  expect(html).toBe(`<p><a href="${WEB}#v4">a</a></p>`);
  expect(problems).toMatchObject([{ rule: 'broken-link' }]);
});
