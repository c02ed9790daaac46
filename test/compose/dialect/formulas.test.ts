import { expect, test } from 'vitest';
import { articleOf } from '../article/article-of.ts';

const flat = (html: string): string => html.replace(/>\n</g, '><');

test.each([
  ['$x_1*y*$', '<p><code>x_1*y*</code></p>'],
  ['a $x$ b $2n$ c $f(x)$ d', '<p>a <code>x</code> b <code>2n</code> c <code>f(x)</code> d</p>'],
  ['速度$v_1$，時間$t$。', '<p>速度<code>v_1</code>，時間<code>t</code>。</p>'],
  ['$\\text{速度} = v$', '<p><code>\\text{速度} = v</code></p>'],
  ['a\n$x +\ny$', '<code>x + y</code>'],
  ['$`a_b`$', '<p><code>a_b</code></p>'],
  ['$$\na_b *c*\n\nd\n$$', '<pre><code>a_b *c*\n\nd\n</code></pre>'],
  ['a\n$$\nb_c\n$$\nd', '<p>a</p><pre><code>b_c\n</code></pre><p>d</p>'],
  ['$$a_b$$', '<pre><code>a_b\n</code></pre>'],
  ['As $$ a^2 $$ says', '<p>As <code>a^2</code> says</p>'],
  ['> $$\n> a_b\n> $$', '<blockquote><pre><code>a_b\n</code></pre></blockquote>'],
  ['- $$\n  a_b\n  $$\n- c', '<li><pre><code>a_b\n</code></pre></li>'],
  ['\\(a_b\\) and \\[c_d\\]', '<p><code>a_b</code> and <code>c_d</code></p>'],
  ['\\\\(a_b*c*\\\\), \\\\(n\\\\)', '<p><code>a_b*c*</code>, <code>n</code></p>'],
  ['\\\\[\na_b\n\\\\]', '<pre><code>a_b\n</code></pre>'],
  ['\\[\na_b\n\\]', '<pre><code>a_b\n</code></pre>'],
  [
    '\\begin{align}\na *b* c\\\\\n\\end{align}',
    '<pre><code>\\begin{align}\na *b* c\\\\\n\\end{align}\n</code></pre>',
  ],
  ['$\\frac{{a}}{{b}}$', '<p><code>\\frac{{a}}{{b}}</code></p>'],
  ['| a |\n| - |\n| $x\\|y_1$ |', '<td><code>x\\|y_1</code></td>'],
  ['$ax^2 + bx + c = 0$', '<p><code>ax^2 + bx + c = 0</code></p>'],
  ['$v_{in} = v_{out max}$', '<p><code>v_{in} = v_{out max}</code></p>'],
  ['$y = sin x + max(a, b)$', '<p><code>y = sin x + max(a, b)</code></p>'],
  ['$\\mu_1 for all x$', '<p><code>\\mu_1 for all x</code></p>'],
  ['$x = 1 \\text{ for all }$', '<p><code>x = 1 \\text{ for all }</code></p>'],
  ['## $x_1$', '<h2><code>x_1</code></h2>'],
])('%j is a formula', (body, html) => {
  const article = articleOf(body);
  expect(flat(article.html)).toContain(html);
  expect(article.warnings).toEqual([]);
});

test.each([
  ['$5 and $10', '<p>$5 and $10</p>'],
  ['between $5-$10, US$5/US$6', '<p>between $5-$10, US$5/US$6</p>'],
  ['每斤$50，三斤$120', '<p>每斤$50，三斤$120</p>'],
  ['$HOME/bin:$PATH and ${a}=${b}', '<p>$HOME/bin:$PATH and ${a}=${b}</p>'],
  ['A $5 (or 4_000 NT$) seat', '<p>A $5 (or 4_000 NT$) seat</p>'],
  ['pay $a or $b_1 for 100$ now', '<p>pay $a or $b_1 for 100$ now</p>'],
  ['$FOO_BAR=$BAZ_QUX, regex ^a$|^b$', '<p>$FOO_BAR=$BAZ_QUX, regex ^a$|^b$</p>'],
  ['$SEED_BED$', '<p>$SEED_BED$</p>'],
  ['from $5 to 4_000 NT$', '<p>from $5 to 4_000 NT$</p>'],
  ['$ a_b $', '<p>$ a_b $</p>'],
  ['\\$a_b\\$', '<p>$a_b$</p>'],
  ['$a\n\n_b$', '<p>$a</p>'],
  ['$價格_1$', '<p>$價格_1$</p>'],
  ['\\[1\\] and \\(so\\)', '<p>[1] and (so)</p>'],
  ['\\\\(so\\\\)', '<p>\\(so\\)</p>'],
  ['$$ is my shell, $$ too', '<p>$$ is my shell, $$ too</p>'],
  ['`$x_1$` and `$a` $b `c_d$`', '<p><code>$x_1$</code> and <code>$a</code> $b <code>c_d$</code></p>'],
  ['```\n$x_1$\n```', '<pre><code>$x_1$\n</code></pre>'],
  ['    $x_1$', '<pre><code>$x_1$\n</code></pre>'],
  ['[a](https://a.example/$x_1$)', 'href="https://a.example/$x_1$"'],
])('%j is none', (body, html) => {
  expect(flat(articleOf(body).html)).toContain(html);
});
