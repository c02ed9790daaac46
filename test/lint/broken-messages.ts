import type { LintContext } from '../../src/lint/lint-context.ts';
import { withLanguage, withSubject } from './good-message.ts';

/** A good message with one thing broken; what else changes with it, for it to be the only thing. */
export interface Breakage {
  readonly what: string;
  /** A text of the good message and what stands in its place; each occurrence is replaced. */
  readonly edits?: readonly (readonly [from: string | RegExp, to: string])[];
  readonly context?: Partial<LintContext>;
  /** Done to the bytes, after all else. */
  readonly bytes?: (message: Buffer) => Buffer;
  readonly severity: 'error' | 'warning';
  /** `file:line`. */
  readonly at: string;
  /** Words of the message that name what was found. */
  readonly names: string;
}

const POST = 'content/garden/02-frost.md';
const SERIES = 'content/garden/_index.md';
const SETTINGS = 'partwork.yaml';

const DKIM = { domain: 'example.com', selectors: ['one'] };
const COVERED =
  'From:To:Reply-To:Subject:Date:Message-ID:MIME-Version:\n Content-Type:List-Id:List-Unsubscribe';
export const signature = (tags: string, algorithm = 'rsa-sha256'): readonly [RegExp, string] => [
  /^/,
  `DKIM-Signature: v=1; a=${algorithm}; ${tags}; bh=abc=;\n b=def=\n`,
];
export const ed25519 = (tags: string): readonly [RegExp, string] => signature(tags, 'ed25519-sha256');
export const SIGNED = `d=example.com; s=one;\n h=${COVERED}:\n List-Unsubscribe-Post`;

const utf8Word = (text: Buffer | string): string => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
const subject = (found: string, meant: string, severity: Breakage['severity'], names: string): Breakage => ({
  what: `the subject ${JSON.stringify(found)}`,
  edits: [['Subject: The first frost', `Subject: ${found}`]],
  context: withSubject(meant),
  severity,
  at: `${POST}:2`,
  names,
});
const inText = (
  text: string,
  severity: Breakage['severity'],
  names: string,
  at: string = POST,
): Breakage => ({
  what: `the words ${JSON.stringify(text)}`,
  edits: [
    ['comes later.\n', `comes later ${text}.\n`],
    ['comes later.</p>', `comes later ${text.replaceAll('<', '&lt;')}.</p>`],
  ],
  severity,
  at,
  names,
});
const link = (href: string, severity: Breakage['severity'], names: string): Breakage => ({
  what: `a link to ${JSON.stringify(href)}`,
  edits: [['href="https://blog.example.com/garden/thaw/"', `href="${href}"`]],
  severity,
  at: `${POST}:6`,
  names,
});
const image = (attributes: string, severity: Breakage['severity'], names: string, at = POST): Breakage => ({
  what: `an image with ${attributes}`,
  edits: [[/src="[^"]*pot.png" alt="A frozen pot" width="552" height="300"/, attributes]],
  severity,
  at,
  names,
});
const header = (
  from: string | RegExp,
  to: string,
  names: string,
  severity: Breakage['severity'] = 'error',
): Breakage => ({
  what: `the head with ${JSON.stringify(to)}`,
  edits: [[from, to]],
  severity,
  at: SERIES,
  names,
});
const inBody = (
  html: string,
  severity: Breakage['severity'],
  names: string,
  at: string = POST,
): Breakage => ({
  what: `the HTML with ${html}`,
  edits: [['<p>Hello,</p>', `<p>Hello,</p>${html}`]],
  severity,
  at,
  names,
});

/** For each rule what breaks it, and nothing else. */
export const BROKEN: Readonly<Record<string, readonly Breakage[]>> = {
  headers: [
    header('Date: Mon, 23 Nov 2026 08:00:00 +0000\n', '', 'no Date'),
    header('To: reader@example.com\n', '', 'no To'),
    header('List-Id: Garden Letters <garden.letters.example.com>\n', '', 'no List-Id'),
    header('List-Unsubscribe-Post: List-Unsubscribe=One-Click\n', '', 'no List-Unsubscribe-Post'),
    header('MIME-Version: 1.0\n', 'MIME-Version: 1.0\nMIME-Version: 1.0\n', 'more than one MIME-Version'),
    header('MIME-Version: 1.0\n', 'MIME-Version: 1.0\nX-One: 1\nX-One: 2\n', 'more than one X-One'),
    header('MIME-Version: 1.0\n', 'MIME-Version: 1.0\nno field\n', '"no field"'),
    header('MIME-Version: 1.0', 'MIME-Version: 2.0', 'MIME-Version is "2.0"'),
    header('Reply-To: answers@example.com', 'Reply-To: answers', 'Reply-To is "answers"'),
    header('<abc123@letters.example.com>', 'abc123', 'Message-ID is "abc123"'),
    header('23 Nov 2026', '2026-11-23', 'Date is "Mon, 2026-11-23'),
  ],
  lines: [
    {
      what: 'a bare LF',
      bytes: (message) => Buffer.from(message.toString('latin1').replace('Hello,\r\n', 'Hello,\n'), 'latin1'),
      severity: 'error',
      at: SERIES,
      names: 'Line 22 of the mail ends in a bare CR or LF',
    },
    {
      what: 'a bare CR',
      bytes: (message) => Buffer.from(message.toString('latin1').replace('Hello,\r\n', 'Hello,\r'), 'latin1'),
      severity: 'error',
      at: SERIES,
      names: 'bare CR or LF',
    },
    {
      what: 'an 8-bit byte',
      bytes: (message) =>
        Buffer.from(message.toString('latin1').replace('--=_frost--', '--=_frost--\r\n\xe9'), 'latin1'),
      severity: 'error',
      at: SERIES,
      names: 'not ASCII',
    },
    {
      what: 'no line end at its end',
      bytes: (message) => message.subarray(0, -2),
      severity: 'error',
      at: SERIES,
      names: 'does not end in CRLF',
    },
    {
      what: 'a line of 999 octets',
      edits: [['<p>Hello,</p>', `<p>Hello,</p>${' '.repeat(999)}`]],
      severity: 'error',
      at: SERIES,
      names: 'more than 998',
    },
    header('To: reader', `Comments: ${'a b '.repeat(20)}\nTo: reader`, 'a line of 90', 'warning'),
  ],
  'encoded-words': [
    subject(utf8Word(Buffer.from([0xe9, 0x9c])), '\ufffd', 'error', 'cannot be decoded by itself'),
    subject('=?no-charset?B?QUJD?=', 'ABC', 'error', 'cannot be decoded'),
    subject('=?UTF-8?B?QUJ?=', 'AB', 'error', 'cannot be decoded'),
    subject(utf8Word('a'.repeat(60)), 'a'.repeat(60), 'error', '92 characters; 75'),
    subject(`The${utf8Word('霜')}`, 'The霜', 'error', 'without a space'),
    subject('What is =? good for', 'What is =? good for', 'error', 'begins no encoded word'),
    subject(`${utf8Word('👩')} ${utf8Word('\u200d🌾 works')}`, '👩‍🌾 works', 'warning', 'splits a character'),
    subject(
      `One two three four five six seven ${utf8Word('a'.repeat(24))} on`,
      `One two three four five six seven ${'a'.repeat(24)} on`,
      'error',
      'on a line of',
    ),
    header('From: Garden Letters', `From: "${utf8Word('霜')}"`, 'in quotes'),
    header('To: reader', `Received: ${utf8Word('霜')}\nTo: reader`, 'must not stand there'),
  ],
  'message-size': [
    {
      what: 'eleven megabytes',
      bytes: (message) => Buffer.concat([message, Buffer.from(`${'x'.repeat(998)}\r\n`.repeat(11_000))]),
      severity: 'error',
      at: POST,
      names: '11.0 MB',
    },
  ],
  dkim: [
    {
      what: 'no signature',
      context: { dkim: DKIM },
      severity: 'error',
      at: SETTINGS,
      names: 'one._domainkey.example.com',
    },
    {
      what: "another domain's signature",
      edits: [signature(SIGNED.replace('d=example.com', 'd=example.org'))],
      context: { dkim: DKIM },
      severity: 'error',
      at: SETTINGS,
      names: 'no DKIM signature of one._domainkey.example.com',
    },
    {
      what: 'a signature over less',
      edits: [signature(`d=example.com; s=one;\n h=${COVERED}`)],
      context: { dkim: DKIM },
      severity: 'error',
      at: SETTINGS,
      names: 'does not cover List-Unsubscribe-Post.',
    },
    {
      what: 'a signature over a part of the body',
      edits: [signature(`${SIGNED}; l=10`)],
      context: { dkim: DKIM },
      severity: 'error',
      at: SETTINGS,
      names: 'only a part of the body',
    },
    {
      what: 'one signature of two',
      edits: [signature(SIGNED)],
      context: { dkim: { ...DKIM, selectors: ['one', 'two'] } },
      severity: 'error',
      at: SETTINGS,
      names: 'no DKIM signature of two._domainkey.example.com',
    },
    {
      what: 'a second signature over less',
      edits: [signature(SIGNED), signature(`d=example.com; s=two;\n h=${COVERED}`)],
      context: { dkim: { ...DKIM, selectors: ['one', 'two'] } },
      severity: 'error',
      at: SETTINGS,
      names: 'does not cover List-Unsubscribe-Post.',
    },
    {
      what: 'a signature of the kind that few verify',
      edits: [ed25519(SIGNED)],
      context: { dkim: DKIM },
      severity: 'warning',
      at: SETTINGS,
      names: 'signed with Ed25519 only',
    },
    {
      what: 'a signature that DMARC does not take',
      edits: [signature(SIGNED.replace('d=example.com', 'd=example.org'))],
      context: { dkim: { ...DKIM, domain: 'example.org' } },
      severity: 'warning',
      at: SERIES,
      names: 'Mail from example.com is signed by example.org',
    },
  ],
  'list-id': [
    header('<garden.letters.example.com>', '<garden>', '<garden>" is no List-Id'),
    header('Letters <garden.letters.example.com>', 'garden.letters.example.com', 'is no List-Id'),
    header('<garden.letters.example.com>', '<frost.letters.example.com>', '"frost.letters.example.com"'),
  ],
  'one-click': [
    header('=One-Click', '=one-click', '"List-Unsubscribe=one-click"'),
    header('List-Unsubscribe: <', 'List-Unsubscribe: <https://a.example.com/>,\n <', '2 web addresses'),
    header(/List-Unsubscribe: <.*>/, 'List-Unsubscribe: <mailto:leave@example.com>', '0 web addresses'),
    {
      ...header(/List-Unsubscribe: <https/, 'List-Unsubscribe: <http', 'http://letters.example.com'),
      at: SETTINGS,
    },
    {
      ...header(
        /List-Unsubscribe: <.*>/,
        'List-Unsubscribe: <http://localhost:3000/u>',
        'http://localhost:3000',
        'warning',
      ),
      at: SETTINGS,
    },
  ],
  'unsubscribe-link': [
    {
      what: 'HTML without the link',
      edits: [[/<a href="[^"]*\/u\/[^"]*">Unsubscribe<\/a>/, 'Unsubscribe']],
      severity: 'error',
      at: SERIES,
      names: 'HTML part',
    },
    {
      what: 'HTML that hides the link',
      edits: [[/<a (href="[^"]*\/u\/[^"]*">)Unsubscribe<\/a>/, 'Unsubscribe<a hidden $1Unsubscribe</a>']],
      severity: 'error',
      at: SERIES,
      names: 'HTML part',
    },
    {
      what: 'text without the link',
      edits: [[/\nUnsubscribe: <.*>/, '\nUnsubscribe']],
      context: { ownTemplates: { text: 'templates/issue.text.liquid' } },
      severity: 'error',
      at: 'templates/issue.text.liquid',
      names: 'text part',
    },
  ],
  'text-part': [
    {
      ...header('multipart/alternative', 'multipart/mixed', 'multipart/mixed'),
    },
    header('Content-Type: text/plain', 'Content-Type: text/enriched', 'text/enriched, text/html'),
    header('Content-Type: text/html; charset=utf-8', 'Content-Type: text/html; charset=big5', 'big5'),
    header('Content-Type: text/plain; charset=utf-8', 'Content-Type: text/plain', 'no charset'),
    header(/Transfer-Encoding: 7bit/, 'Transfer-Encoding: 8bit', '8bit'),
  ],
  'text-in-step': [
    {
      what: 'a word that the text lacks',
      edits: [['<strong>pots</strong>', '<strong>earthen pots</strong>']],
      severity: 'warning',
      at: POST,
      names: 'lacks what the HTML shows: "earthen',
    },
    {
      what: 'a word that the HTML lacks',
      edits: [['*pots*', '*pots* today']],
      severity: 'warning',
      at: POST,
      names: 'what the HTML does not show: "today',
    },
    {
      what: 'CJK characters that the text lacks',
      edits: [['<strong>pots</strong>', '<strong>pots 盆栽</strong>']],
      severity: 'warning',
      at: POST,
      names: '"盆栽"',
    },
    {
      what: 'a text that says little',
      edits: [[/Bring the \*pots\*[^]*As late as you dare.\n/, 'See the web.\n']],
      severity: 'error',
      at: POST,
      names: 'lacks',
    },
    {
      what: 'a number that differs',
      edits: [['Part 2 of 2</p>', 'Part 2 of 3</p>']],
      severity: 'warning',
      at: POST,
      names: '"3"',
    },
  ],
  html: [
    { ...header('<!doctype html>', '', 'no doctype', 'warning') },
    { ...header('<title>The first frost</title>', '', 'no title', 'warning') },
    { ...header('lang="en" ', '', 'has no lang', 'warning') },
    { ...header('lang="en" ', 'lang="de" ', 'marked as "de"', 'warning') },
    { ...header('charset="utf-8"', 'charset="big5"', 'big5') },
    {
      ...inBody(
        '<div>\n'.repeat(5_000) + '</div>\n'.repeat(5_000),
        'error',
        'nested more than 500 deep',
        SERIES,
      ),
      what: 'a deep nest',
    },
    inBody('<p class="a" class="b"></p>', 'error', 'duplicate-attribute', SERIES),
    inBody('<p class=a"b></p>', 'error', 'unexpected-character', SERIES),
    {
      what: 'a right-to-left language laid out from the left',
      edits: [['lang="en" ', 'lang="ar" ']],
      context: withLanguage('ar'),
      severity: 'warning',
      at: SERIES,
      names: 'laid out "ltr"',
    },
  ],
  clip: [
    {
      what: 'HTML of 95 kB',
      edits: [['<p>Hello,</p>', `<p>Hello,</p>${`${' '.repeat(949)}\n`.repeat(100)}`]],
      severity: 'warning',
      at: POST,
      names: '96 kB',
    },
  ],
  styles: [
    {
      ...header('.sheet {', `${'.sheet { color: #222 }\n'.repeat(800)}.sheet {`, '18 kB', 'warning'),
    },
    header(
      '<style>',
      '<link rel="stylesheet" href="https://fonts.example.com/a.css">\n<style>',
      'fonts.example.com',
      'warning',
    ),
    header(
      '<style>',
      '<style>@import url(https://fonts.example.com/a.css);',
      'fonts.example.com/a.css',
      'warning',
    ),
    header(
      '<style>',
      '<style>@font-face { font-family: A; src: url("https://fonts.example.com/a.woff2") }',
      'a.woff2',
      'warning',
    ),
  ],
  'active-content': [
    inBody('<script>1</script>', 'error', '<script>'),
    inBody('<form></form>', 'error', '<form>'),
    inBody('<iframe src="https://example.com/"></iframe>', 'error', '<iframe>'),
    inBody('<p onclick="a()"></p>', 'error', 'onclick'),
    inBody('<meta http-equiv="refresh" content="0;url=https://example.com">', 'error', 'refresh'),
  ],
  'template-syntax': [
    inText('{{ other }}', 'error', '{{ other }}'),
    inText('{{< youtube abc >}}', 'error', '{{< youtube abc >}}'),
    inText('{% include a.html %}', 'error', '{% include a.html %}'),
    inText('{: .note }', 'error', '{: .note }'),
    inText('%recipient.name%', 'error', '%recipient.name%'),
    inText('*|FNAME|*', 'error', '*|FNAME|*'),
    inText('slot0123456789abcdef0123456789abcdefgreeting', 'error', 'slot0123456789abcdef'),
    inBody('<mj-divider></mj-divider>', 'error', '<mj-divider>'),
    image('src="https://blog.example.com/images/pot.png" alt="{{ alt }}"', 'error', '{{ alt }}'),
    subject('Dear {{ reader }}', 'Dear {{ reader }}', 'error', '{{ reader }}'),
  ],
  'hidden-characters': [
    { ...subject(utf8Word('gold\u202eexe'), 'gold\u202eexe', 'error', 'U+202E') },
    { ...subject(utf8Word('gold\u0007'), 'gold\u0007', 'error', 'U+0007') },
    header('From: Garden Letters', `From: ${utf8Word('Bank\u2066')}`, 'U+2066'),
    inText('a\u202eb', 'error', 'U+202E'),
    inText('a\u2069b', 'error', 'U+2069'),
    inText('a\u2028b', 'warning', 'U+2028'),
    inText('a\u0003b', 'warning', 'U+0003'),
    inText('a\ufeffb', 'warning', 'U+FEFF'),
    inText('a\ufffdb', 'warning', 'U+FFFD'),
    inText('a\u{e0041}\u{e0042}b', 'error', 'U+E0041'),
    { ...link('https://blog.example.com/\u202etxt', 'error', 'U+202E'), at: POST },
  ],
  'alt-text': [image('src="https://blog.example.com/images/pot.png"', 'error', 'pot.png', `${POST}:8`)],
  images: [
    image('src="" alt="A frozen pot"', 'error', 'has no address', `${POST}:8`),
    image('src="/images/pot.png" alt="A frozen pot"', 'error', '/images/pot.png', `${POST}:8`),
    image('src="cid:pot" alt="A frozen pot"', 'error', 'cid:pot'),
    image(
      'src="http://blog.example.com/images/pot.png" alt="A frozen pot"',
      'warning',
      'over http,',
      `${POST}:8`,
    ),
    image('src="data:image/png;base64,AA==" alt="A frozen pot"', 'warning', 'data:image/png'),
    image('src="https://a.example.org/p.gif" alt="" width="1" height="1"', 'warning', 'single pixel'),
    image('src="https://blog.local/images/pot.png" alt="A frozen pot"', 'warning', 'blog.local', `${POST}:8`),
  ],
  'empty-link': [
    link('', 'error', '"The thaw" leads nowhere'),
    link('#', 'error', '"The thaw" leads nowhere'),
    inBody('<a href="https://example.com/"></a>', 'warning', 'has no words'),
  ],
  'broken-link': [
    { ...link('https://blog.example.com/garden/thaws/', 'error', '/garden/thaws/'), at: POST },
    { ...link('https://letters.example.com/s/garden/thaws', 'error', '/s/garden/thaws'), at: POST },
  ],
  'broken-anchor': [{ ...link('#pots', 'warning', '#pots'), at: POST }],
  'unmailable-address': [
    link('javascript:alert(1)', 'error', 'javascript:'),
    link('java\nscript:alert(1)', 'error', 'javascript:'),
    link('data:text/html,a', 'error', 'data:'),
    link('file:///etc/hosts', 'error', 'file:'),
    link('/garden/thaw/', 'error', 'not a whole address'),
    link('https://[', 'error', 'cannot be read'),
    link('irc://example.com/garden', 'warning', 'irc:'),
    link('https://blog.example.com/a b', 'warning', 'a space'),
    link('https://bank.example.org@example.com/', 'warning', 'name or password'),
    link('http://localhost:1313/thaw/', 'warning', 'only this machine'),
    {
      what: 'a blog on this machine, told once',
      edits: [['https://blog.example.com', 'http://localhost:1313']],
      context: { siteUrl: 'http://localhost:1313' },
      severity: 'warning',
      at: SETTINGS,
      names: 'http://localhost:1313,',
    },
    {
      what: 'a link that shows another host',
      edits: [
        ['>The thaw</a>', '>https://bank.example.org/</a>'],
        ['The thaw\n<', 'https://bank.example.org/\n<'],
      ],
      severity: 'warning',
      at: `${POST}:6`,
      names: 'shows the address of bank.example.org but leads to blog.example.com',
    },
  ],
  subject: [
    { ...subject('', '', 'error', 'empty'), edits: [['Subject: The first frost', 'Subject: ']] },
    subject('The last frost', 'The first frost', 'error', 'reads "The last frost"'),
    subject(
      'a'.repeat(66) + '\n and so on and on',
      'a'.repeat(66) + ' and so on and on',
      'warning',
      '83 columns',
    ),
    subject(
      `${utf8Word('霜'.repeat(12))}\n ${utf8Word('霜'.repeat(14))}\n ${utf8Word('霜'.repeat(14))}`,
      '霜'.repeat(40),
      'warning',
      '80 columns',
    ),
    subject('Re: The first frost', 'Re: The first frost', 'warning', 'an answer'),
    subject(utf8Word('The  first frost'), 'The first frost', 'warning', 'two in a row'),
  ],
  sender: [
    header('From: Garden Letters <', 'From: "garden@example.org" <', 'garden@example.org'),
    header('From: Garden Letters <garden@example.com>', 'From: garden@example.com', 'has no name', 'warning'),
    header('<garden@example.com>', '<garden@partwork.localdomain>', 'garden@partwork.localdomain'),
  ],
  preheader: [
    {
      what: 'a line of 240 characters beside the subject',
      edits: [['What to do on the evening before.', 'What to do. '.repeat(20)]],
      severity: 'warning',
      at: `${POST}:3`,
      names: '239 characters',
    },
  ],
  'postal-address': [
    {
      what: 'no address set',
      context: { postalAddress: '' },
      severity: 'warning',
      at: SETTINGS,
      names: 'No postal address',
    },
    {
      what: 'HTML without the address',
      edits: [
        ['<p>1 Garden Lane</p>', '<p hidden>1 Garden Lane</p>'],
        ['\n\n1 Garden Lane\n', '\n\n[Image: 1 Garden Lane]\n'],
      ],
      severity: 'warning',
      at: SERIES,
      names: 'HTML part',
    },
    {
      what: 'text without the address',
      edits: [
        ['\n\n1 Garden Lane\n', '\n'],
        ['<p>1 Garden Lane</p>', '<p aria-hidden="true">1 Garden Lane</p>'],
      ],
      context: { ownTemplates: { html: 'templates/issue.mjml.liquid' } },
      severity: 'warning',
      at: 'templates/issue.mjml.liquid',
      names: 'text part',
    },
  ],
};
