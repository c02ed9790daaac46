import * as fc from 'fast-check';

/** A random post as Markdown, and the words a reader must find, in order. */
export interface RandomPost {
  readonly markdown: string;
  readonly words: readonly string[];
}

/** A piece of Markdown with the words it shows. */
type Piece = RandomPost;

const WORDS = (
  'soil frost Rosmarin café naïve x It’s 3,000 泥土 霜 春天來了 「安靜」 『茶』， 二〇二六年 朝の光 고양이 مرحبا שלום 👩‍🌾 🌱 ﬁn Å ' +
  'e\u0301'
).split(' ');
const text = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 12 });
const plain: fc.Arbitrary<Piece> = text.map((words) => ({ markdown: words.join(' '), words }));

const around = (mark: string) =>
  plain.map(({ markdown, words }) => ({ markdown: mark + markdown + mark, words }));

const link: fc.Arbitrary<Piece> = plain.map(({ markdown, words }) => ({
  markdown: `[${markdown}](https://example.com/${words.length}?a=1&b=2)`,
  words,
}));
const image: fc.Arbitrary<Piece> = fc.constantFrom('a.png', 'b.jpg').map((name) => ({
  markdown: `![picture](https://example.com/${name})`,
  words: [],
}));
const shortcode: fc.Arbitrary<Piece> = fc
  .constantFrom('{{< unknown >}}', '{{% unknown a="b" %}}', '{% include x.html %}', '{{ site.nothing }}')
  .map((markdown) => ({ markdown, words: [] }));

const span = fc.oneof(
  { weight: 6, arbitrary: plain },
  { weight: 1, arbitrary: around('**') },
  { weight: 1, arbitrary: around('*') },
  { weight: 1, arbitrary: around('`') },
  { weight: 1, arbitrary: around('~~') },
  { weight: 1, arbitrary: link },
  { weight: 1, arbitrary: image },
  { weight: 1, arbitrary: shortcode },
);

const spans = fc.array(span, { minLength: 1, maxLength: 5 }).map((pieces) => joined(pieces, ' '));
const line = plain;

const heading = fc.tuple(fc.integer({ min: 1, max: 6 }), line).map(([depth, piece]) => ({
  markdown: `${'#'.repeat(depth)} ${piece.markdown}`,
  words: piece.words,
}));
// Code is not wrapped, so its lines are short ones.
const code = line.map(({ words }) => ({ markdown: '```js\n' + words.join('\n') + '\n```', words }));
const table = fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...WORDS)).map(([a, b]) => ({
  markdown: `| ${a} | ${b} |\n| --- | ---: |\n| ${b} | ${a} |`,
  words: [a, b, b, a],
}));
const html = line.map(({ markdown, words }) => ({
  markdown: `<div class="x" onclick="alert(1)"><em>${markdown}</em></div>`,
  words,
}));
const rule: fc.Arbitrary<Piece> = fc.constant({ markdown: '---', words: [] });
const callout = spans.map(({ markdown, words }) => ({
  markdown: `{{< notice tip >}}\n${markdown}\n{{< /notice >}}`,
  words,
}));

const { block } = fc.letrec<{ block: Piece; list: Piece; quote: Piece }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: spans },
    { weight: 1, arbitrary: heading },
    { weight: 1, arbitrary: code },
    { weight: 1, arbitrary: table },
    { weight: 1, arbitrary: html },
    { weight: 1, arbitrary: rule },
    { weight: 1, arbitrary: callout },
    { weight: 2, arbitrary: tie('list') },
    { weight: 2, arbitrary: tie('quote') },
  ),
  list: fc
    .tuple(fc.boolean(), fc.array(tie('block'), { minLength: 1, maxLength: 3 }))
    .map(([isOrdered, items]) =>
      joined(
        items.map(({ markdown, words }, index) => ({
          markdown: indented(markdown, isOrdered ? `${index + 1}. ` : '- '),
          words,
        })),
        '\n',
      ),
    ),
  quote: fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((blocks) => {
    const { markdown, words } = joined(blocks, '\n\n');
    return { markdown: markdown.replace(/^/gm, '> '), words };
  }),
}));

/** Up to six blocks of every kind, nested. */
export const randomPost: fc.Arbitrary<RandomPost> = fc
  .array(block, { minLength: 1, maxLength: 6 })
  // A list before a list, or code after one, would become one with it: a comment keeps blocks apart, as writers do.
  .map((blocks) => joined(blocks, '\n\n<!-- -->\n\n'));

function joined(pieces: readonly Piece[], by: string): Piece {
  return {
    markdown: pieces.map(({ markdown }) => markdown).join(by),
    words: pieces.flatMap(({ words }) => words),
  };
}

function indented(markdown: string, marker: string): string {
  const by = ' '.repeat(marker.length);
  return marker + markdown.replace(/\n(?=.)/g, `\n${by}`);
}
