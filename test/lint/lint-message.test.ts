import { describe, expect, test } from 'vitest';
import type { IssueId } from '../../src/domain/issue.ts';
import type { Problem } from '../../src/domain/problem.ts';
import type { LintContext } from '../../src/lint/lint-context.ts';
import { lintMessage } from '../../src/lint/lint-message.ts';
import { RULES } from '../../src/lint/rules.ts';
import { BROKEN, ed25519, SIGNED, signature, type Breakage } from './broken-messages.ts';
import { GOOD_CONTEXT, GOOD_MESSAGE, wired, withLanguage, withSubject } from './good-message.ts';

type Edits = NonNullable<Breakage['edits']>;

function edited(edits: Edits): string {
  let message = GOOD_MESSAGE;
  for (const [from, to] of edits) {
    const next = typeof from === 'string' ? message.replaceAll(from, () => to) : message.replace(from, to);
    expect(next, `nothing to edit: ${String(from)}`).not.toBe(message);
    message = next;
  }
  return message;
}

const lint = (edits: Edits, context: Partial<LintContext> = {}, bytes = (message: Buffer) => message) =>
  lintMessage(bytes(wired(edited(edits))), { ...GOOD_CONTEXT, ...context });

const placeOf = ({ file, line }: Problem): string => (line === undefined ? file : `${file}:${line}`);

test('a good message breaks no rule', async () => {
  expect(await lint([])).toEqual([]);
});

test('every rule has a message that breaks it, and no message is there for a rule that is not', () => {
  expect(Object.keys(BROKEN).toSorted()).toEqual(RULES.map(({ name }) => name).toSorted());
  expect(Object.values(BROKEN).filter((cases) => cases.length === 0)).toEqual([]);
});

describe.each(Object.entries(BROKEN))('%s is broken, and nothing else, by', (rule, cases) => {
  test.each(cases.map((breakage) => [breakage.what, breakage] as const))('%s', async (_, breakage) => {
    const { edits = [], context, bytes, severity, at, names } = breakage;
    const problems = await lint(edits, context, bytes);
    expect(problems.map((problem) => [problem.rule, problem.severity, placeOf(problem)])).toEqual([
      [rule, severity, at],
    ]);
    expect(problems[0]?.message).toContain(names);
    expect(problems[0]?.message).toMatch(/\.$/);
    expect(problems[0]?.fix).toMatch(/\.$/);
  });
});

const inText = (text: string): Edits => [['comes later', `comes later ${text}`]];

describe('is fine:', () => {
  test.each<[string, Edits, Partial<LintContext>?]>([
    [
      'a signature that covers all',
      [signature(SIGNED)],
      { dkim: { domain: 'example.com', selectors: ['one'] } },
    ],
    [
      'a List-Id whose name has brackets in it',
      [
        [
          'Letters <garden.letters.example.com>',
          '"Letters on <em>, \\"quoted\\"" <garden.letters.example.com>',
        ],
      ],
    ],
    [
      'Ed25519 beside RSA',
      [signature(SIGNED), ed25519(SIGNED.replace('one', 'two'))],
      { dkim: { domain: 'example.com', selectors: ['one', 'two'] } },
    ],
    [
      'a second signature',
      [signature(SIGNED), signature(SIGNED.replace('one', 'two'))],
      { dkim: { domain: 'example.com', selectors: ['one'] } },
    ],
    ['marks of right-to-left text', inText('‏שלום‎ ‏עולם')],
    ['isolates that are closed', inText('the \u2068שלום\u2069 of')],
    ['embeddings in embeddings', inText('\u202bשלום \u202aone\u202c two\u202c')],
    ['Persian with ZWNJ', inText('می‌خواهم')],
    ['an emoji of several characters', inText('👩‍🌾 and 👨‍👩‍👧')],
    ['a flag made with tags', inText('🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}')],
    ['a soft hyphen and a zero width space', inText('gar\u00adden and li\u200bne')],
    ['text in Chinese', inText('霜降之後，收好花盆。')],
    [
      'a link that shows itself',
      [
        ['>The thaw</a>', '>blog.example.com/garden/thaw</a>'],
        ['The thaw\n<', '<'],
      ],
    ],
    [
      'a date that stands elsewhere',
      [
        ['<h1>', '<p>2 February</p><h1>'],
        ['===============\n', '===============\n\n2 February\n'],
      ],
    ],
    [
      'a part of a word in bold',
      [
        ['*pots*', 'flower*pots*'],
        ['the <strong>', 'the flower<strong>'],
      ],
    ],
    [
      'a raised number',
      [
        ['*pots*', 'x^2 *pots*'],
        ['the <strong>', 'the x<sup>2</sup> <strong>'],
      ],
    ],
    [
      'an item that begins with a number',
      [
        ['1. Water', '1. 100 Water'],
        ['<li>Water', '<li>100 Water'],
      ],
    ],
    ['a table as lines', [['Plant    Cold\n-------  ----\nCabbage  hardy', 'Plant: Cabbage\nCold: hardy']]],
    [
      'a wide table of short cells',
      [
        ['Plant    Cold\n-------  ----\nCabbage  hardy', 'Plant: Tea\nCold: 3\n\nPlant: Nut\nCold: 4'],
        [
          '<tr><td>Cabbage</td><td>hardy</td></tr>',
          '<tr><td>Tea</td><td>3</td></tr><tr><td>Nut</td><td>4</td></tr>',
        ],
      ],
    ],
    [
      'the name of a code block’s language',
      [['<p>Write', '<div class="code-language">Liquid</div><p>Write']],
    ],
    [
      'an image that only decorates',
      [
        ['alt="A frozen pot"', 'alt=""'],
        ['[Image: A frozen pot]', '[Image]'],
      ],
    ],
    ['an image in other words', [['[Image: A frozen pot]', '[圖：A frozen pot]']]],
    ['a telephone number', [['href="https://blog.example.com/garden/thaw/"', 'href="tel:+15550100"']]],
    [
      'a link that is plain http',
      [['href="https://blog.example.com/garden/thaw/"', 'href="http://example.org/"']],
    ],
    [
      'another post of the blog',
      [['href="https://blog.example.com/garden/thaw/"', 'href="https://blog.example.com/posts/tools/"']],
    ],
    [
      'an issue by its file or with a place in it',
      [
        [
          'href="https://blog.example.com/garden/thaw/"',
          'href="https://blog.example.com/garden/thaw/index.html#ice"',
        ],
      ],
    ],
    [
      'the web page of another issue',
      [
        [
          'href="https://blog.example.com/garden/thaw/"',
          'href="https://letters.example.com/s/garden/thaw?a=1"',
        ],
      ],
    ],
    [
      'this machine in a mail that stays on it',
      [['href="https://blog.example.com/garden/thaw/"', 'href="http://localhost:1313/thaw/"']],
      { hasMailServer: false },
    ],
    ['an anchor for others to link to', [['<h1>', '<a id="top-of-it"></a><h1>']]],
    [
      'code in a title, which a mail shows without its backticks',
      [
        ['Subject: The first frost', 'Subject: Using {% highlight %}'],
        ['<title>The first frost', '<title>Using {% highlight %}'],
        ['<h1>The first frost', '<h1>Using {% highlight %}'],
        ['The first frost\n===============', 'Using {% highlight %}\n======================'],
      ],
      {
        ...withSubject('Using {% highlight %}'),
        issue: { ...GOOD_CONTEXT.issue, title: 'Using `{% highlight %}`' },
      },
    ],
    ['braces that belong to no template', inText('{a} and {{}} and f(x) = {x: 1}, 100% sure')],
    [
      'a short address named by its host',
      [
        ['>The thaw</a>', '>https://www.blog.example.com</a>'],
        ['The thaw\n<', 'https://www.blog.example.com\n<'],
      ],
    ],
    [
      'a folded subject in encoded words',
      [['Subject: The first frost', 'Subject: =?UTF-8?B?6Zyc?=\n =?UTF-8?B?6ZmN?=']],
      withSubject('霜降'.normalize()),
    ],
    [
      'an encoded word in Q',
      [['Subject: The first frost', 'Subject: =?utf-8?q?Caf=C3=A9_time?=']],
      withSubject('Café time'),
    ],
    ['Arabic, laid out from the right', [['lang="en" dir="ltr"', 'lang="ar" dir="rtl"']], withLanguage('ar')],
    [
      'a long address in a header',
      [['To: reader', `List-Archive: <https://letters.example.com/${'a'.repeat(90)}>\nTo: reader`]],
    ],
    ['a filled-up preheader', [['before.</div>', `before.${'\u034f\u2007'.repeat(150)}</div>`]]],
  ])('%s', async (_, edits, context) => {
    expect(await lint(edits, context)).toEqual([]);
  });
});

const ODD_IDS = [
  'c++-tips',
  'c#',
  'a&b',
  '100%',
  '100%25',
  'what?',
  '霜 降',
  'é',
  'e\u0301',
  "ash's",
  'a;b=c,d',
  '@x',
];

const inSeries = (id: string, change: Partial<LintContext> = {}): Partial<LintContext> => {
  const odd = { ...GOOD_CONTEXT.issue, id: id as IssueId, aliases: [id, `/garden/${id}/`] };
  return { series: { ...GOOD_CONTEXT.series, issues: [...GOOD_CONTEXT.series.issues, odd] }, ...change };
};

describe('an issue with an odd id is found by', () => {
  const THAW = 'href="https://blog.example.com/garden/thaw/"';

  test.each(ODD_IDS)('its web page: %j', async (id) => {
    const webUrl = `https://letters.example.com/s/garden/${encodeURIComponent(id)}`;
    const slots = { ...GOOD_CONTEXT.slots, webUrl };
    expect(await lint([[THAW, `href="${webUrl}"`]], inSeries(id, { slots }))).toEqual([]);
  });

  test.each(ODD_IDS)('its page on the blog: %j', async (id) => {
    const url = `https://blog.example.com/garden/${encodeURIComponent(id)}/`;
    expect(await lint([[THAW, `href="${url}"`]], inSeries(id))).toEqual([]);
  });

  test.each(ODD_IDS)('no longer name than its own: %j', async (id) => {
    const url = `https://letters.example.com/s/garden/${encodeURIComponent(id)}x`;
    expect((await lint([[THAW, `href="${url}"`]], inSeries(id))).map(({ rule }) => rule)).toEqual([
      'broken-link',
    ]);
  });
});

describe('a problem is told', () => {
  test('at the line of the subject where there is one, else of the title', async () => {
    const shout = [['Subject: The first frost', 'Subject: Re: frost']] as const;
    const context = withSubject('Re: frost');
    const lines = { title: 2, subject: 4 };
    const issue = { ...GOOD_CONTEXT.issue, lines };
    expect((await lint(shout, { ...context, issue })).map(placeOf)).toEqual(['content/garden/02-frost.md:4']);
    expect((await lint(shout, context)).map(placeOf)).toEqual(['content/garden/02-frost.md:2']);
  });

  test("in the writer's own template when the post has nothing of it", async () => {
    const ownTemplates = { html: 'templates/issue.mjml.liquid' };
    const problems = await lint([['<p>Hello,</p>', '<p>Hello,</p><script></script>']], { ownTemplates });
    expect(problems.map(placeOf)).toEqual(['templates/issue.mjml.liquid']);
  });

  test.each([
    [{}, 'There is nothing for you to mend: this is a mistake of Partwork'],
    [{ text: 'templates/issue.text.liquid' }, 'Let the text template show what the HTML template shows.'],
  ])('as our mistake where the text lacks something and the templates are ours: %j', async (own, words) => {
    const problems = await lint([['*pots*', '*pots* today']], { ownTemplates: own });
    expect(problems.map(({ fix }) => fix)).toEqual([expect.stringContaining(words)]);
  });

  test('for a message that is none, without failing', async () => {
    for (const bytes of [
      '',
      '\r\n',
      'nothing at all',
      'Content-Type: multipart/alternative; boundary=a\r\n\r\n--a',
    ]) {
      const problems = await lintMessage(Buffer.from(bytes), GOOD_CONTEXT);
      expect(problems.map(({ rule }) => rule)).toContain('headers');
    }
  });
});
