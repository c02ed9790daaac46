import { expect, test } from 'vitest';
import { articleOf, withoutSite } from './article-of.ts';

const WEB = 'https://news.example.com/s/garden/soil';
const frame = (src: string, more = ''): string => `<iframe src="${src}" ${more}></iframe>`;
const linkIn = (body: string): string | undefined => /<a href="([^"]*)"/.exec(articleOf(body).html)?.[1];

test.each<[string, string, string]>([
  [
    'a title stands above the link',
    frame('https://vimeo.example.org/1', 'title="Rain"'),
    '<div class="embed"><p class="embed-title">Rain</p><p><a href="https://vimeo.example.org/1">Open on vimeo.example.org</a></p></div>',
  ],
  [
    'a frame that a script loads',
    '<iframe src="about:blank" data-src="https://youtu.be/abcdefghijk"></iframe>',
    'watch?v=abcdefghijk',
  ],
  [
    'a light player',
    '<lite-youtube videoid="abcdefghijk" title="Rain"></lite-youtube>',
    'Watch the video: Rain</a>',
  ],
  [
    'a video',
    '<video poster="p.jpg" title="Rain"><source src="/a.webm"><source src="/a.mp4"></video>',
    '<div class="embed"><p><a href="https://blog.example.com/a.webm"><img src="https://blog.example.com/posts/soil/p.jpg" alt="Rain"></a></p>' +
      '<p class="embed-title"><a href="https://blog.example.com/a.webm">▶ Watch the video: Rain</a></p></div>',
  ],
  [
    'a video without a poster',
    '<video src="/a.mp4">no</video>',
    '<div class="embed"><p><a href="https://blog.example.com/a.mp4">▶ Watch the video</a></p></div>',
  ],
  [
    'a recording',
    '<audio src="rain.mp3" controls></audio>',
    '<a href="https://blog.example.com/posts/soil/rain.mp3">Listen</a>',
  ],
  [
    'a document',
    '<embed src="/soil%20map.pdf" type="application/pdf">',
    '<p class="embed-title">soil map.pdf</p><p><a href="https://blog.example.com/soil%20map.pdf">Open on blog.example.com</a></p>',
  ],
  [
    'a document with words instead',
    '<object data="/a.pdf"><p>Take <a href="/a.pdf">it</a></p></object>',
    '<p>Take <a',
  ],
  [
    'a player in an object',
    '<object><embed src="https://www.youtube.com/v/abcdefghijk"></object>',
    'watch?v=abcdefghijk',
  ],
  [
    'an image as an object',
    '<object data="/a.png" title="A"></object>',
    '<img src="https://blog.example.com/a.png" alt="A">',
  ],
  [
    'a gist',
    '<script src="https://gist.github.com/elm/0a1b2c.js?file=dig.rb"></script>',
    '<p class="embed-title">dig.rb</p><p><a href="https://gist.github.com/elm/0a1b2c#file-dig-rb">See the code on gist.github.com</a></p>',
  ],
  [
    'a terminal',
    '<script src="https://asciinema.org/a/14.js" async></script>',
    'href="https://asciinema.org/a/14"',
  ],
  [
    'a quoted post with its script',
    '<blockquote>Rain</blockquote><script async src="https://platform.twitter.com/widgets.js"></script>',
    '<blockquote>Rain</blockquote>',
  ],
  ['data for search engines', 'a\n\n<script type="application/ld+json">{"b":1}</script>', '<p>a</p>'],
  [
    'MathML',
    '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math>',
    '<code>x^2</code>',
  ],
  ['MathML with other words', '<math alttext="x squared"><mi>x</mi></math>', '<code>x squared</code>'],
  ['MathML alone', '<math><mi>x</mi><mo>+</mo><mn>1</mn></math>', '<code>x+1</code>'],
  ['decoration in SVG', 'a<svg aria-hidden="true"><path/></svg>b', '<p>ab</p>'],
  ['a button in a link', '<a href="https://a.tw"><button>Go</button></a>', '<a href="https://a.tw">Go</a>'],
  ['a hidden field', 'a<input type="hidden" name="x">b', '<p>ab</p>'],
  ['a centred line', '<center>a</center>b', '<div>a</div><p>b</p>'],
  [
    'a cell aligned by style',
    '<table><tr><td style="text-align:right">1</td></tr></table>',
    '<td align="right">1</td>',
  ],
  ['a cell over two', '<table><tr><th colspan="2" width="90">1</th></tr></table>', '<th colspan="2">1</th>'],
  ['a frame in a paragraph', `a ${frame('https://a.tw/x')} b`, '<p>a </p><div class="embed">'],
  [
    'a frame in emphasis',
    `*a ${frame('https://a.tw/x')}*`,
    '<p><em>a <a href="https://a.tw/x">Open on a.tw</a></em></p>',
  ],
  ['a frame in a heading', `## a ${frame('https://youtu.be/abcdefghijk')}`, '<h2>a <a href='],
  [
    'a frame in a link',
    `<a href="https://b.tw">${frame('https://youtu.be/abcdefghijk')}</a>`,
    '<a href="https://b.tw">▶ Watch',
  ],
  ['a frame in a list', `- ${frame('https://a.tw/x')}`, '<li>\n<div class="embed">'],
  [
    'a frame in a figure',
    `<figure>${frame('https://a.tw/x')}<figcaption>C</figcaption></figure>`,
    '<figure><div class="embed">',
  ],
])('%s', (_, body, html) => {
  const article = articleOf(body);
  expect(article.html).toContain(html);
  expect(article.rules).toEqual([]);
});

test.each(['mermaid', 'plantuml', 'dot', 'flow', 'sequence', 'echarts', 'abc'])(
  'a block of %s is a link to the drawing, without its source',
  (language) => {
    const { html, text, rules } = articleOf(`\`\`\`${language}\nSECRET -> b\n\`\`\``);
    expect(html).toBe(`<div class="embed"><p><a href="${WEB}">A diagram: see it on the web</a></p></div>`);
    expect(text).toBe(`A diagram: see it on the web <${WEB}>`);
    expect(rules).toEqual([]);
  },
);

test.each(['js', 'mermaid-js', 'text', ''])('a block of %j is code', (language) => {
  expect(articleOf(`\`\`\`${language}\na\n\`\`\``).html).toContain('<pre><code');
});

test('a diagram is called by its accessible title', () => {
  const { html } = articleOf('```mermaid\ngraph TD\n  accTitle: Rain to river\n  a-->b\n```');
  expect(html).toContain('<p class="embed-title">Rain to river</p>');
});

test.each([
  ['<iframe srcdoc="<p>x</p>"></iframe>', 'iframe'],
  ['<iframe src="javascript:alert(1)"></iframe>', 'iframe'],
  ['<video></video>', 'video'],
  ['<video src="blob:x"></video>', 'video'],
  ['<object data="/a.swf"></object>', 'object'],
  ['<canvas id="a"></canvas>', 'canvas'],
  ['<form><p>a</p><button>Go</button></form>', 'form'],
  ['<p>Press <button>Go</button></p>', 'button'],
  ['<select><option>a</select>', 'select'],
  ['<svg><path d="M0"/></svg>', 'svg'],
])('what is lost of %s is told, and can be seen on the web', (body, tag) => {
  const { html, problems } = articleOf(`one\n\n${body}`);
  expect(html).toContain(`<a href="${WEB}">See this part on the web</a>`);
  expect(problems).toMatchObject([{ severity: 'warning', rule: 'html-unmailable', line: 7 }]);
  expect(problems[0]?.message).toContain(`<${tag}>`);
});

test('a drawing is called by its title', () => {
  expect(articleOf('<svg><title>A plan</title><path/></svg>').html).toContain(`<a href="${WEB}">A plan</a>`);
});

test('a script is left out, and told', () => {
  const { html, rules } = articleOf('a\n\n<script>draw()</script>\n\nb');
  expect(html).toMatch(/^<p>a<\/p>\s*<p>b<\/p>$/);
  expect(rules).toEqual(['html-unmailable']);
});

test('without the address of the blog its videos are a link to the web version', () => {
  expect(articleOf('<video src="/a.mp4"></video>', withoutSite).html).toContain(
    `<a href="${WEB}">▶ Watch the video</a>`,
  );
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'mailto:a@example.com'])(
  'no embed leads to %s',
  (address) => {
    for (const tag of ['iframe', 'video', 'audio', 'embed']) {
      expect(linkIn(`<${tag} src="${address}"></${tag}>`)).toBe(WEB);
    }
    expect(linkIn(`<object data="${address}"></object>`)).toBe(WEB);
  },
);
