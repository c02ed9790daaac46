import type { EmailAddress } from '../../src/domain/email-address.ts';
import type { Issue, IssueId } from '../../src/domain/issue.ts';
import type { Series, SeriesId } from '../../src/domain/series.ts';
import type { LintContext } from '../../src/lint/lint-context.ts';

const UNSUBSCRIBE = 'https://letters.example.com/u/garden/abcdefghijkl2345';

const TEXT = `Garden Letters - Part 2 of 2

The first frost
===============

Hello,

Bring the *pots* in before the first frost.[1] The thaw
<https://blog.example.com/garden/thaw/> comes later.

[Image: A frozen pot]

1. Water the roots.
2. Cover the leaves.

Plant    Cold
-------  ----
Cabbage  hardy

Write \`{{ name }}\` for a name.

[1] As late as you dare.

Unsubscribe: <${UNSUBSCRIBE}>
On the web: <https://letters.example.com/s/garden/frost>

1 Garden Lane
`;

const HTML = `<!doctype html>
<html lang="en" dir="ltr">
<head>
<title>The first frost</title>
<meta charset="utf-8">
<style>.sheet { color: #222 }</style>
</head>
<body>
<div style="display:none">What to do on the evening before.</div>
<p>Garden Letters - Part 2 of 2</p>
<h1>The first frost</h1>
<p>Hello,</p>
<p>Bring the <strong>pots</strong> in before the first frost.<sup><a href="#note-1">[1]</a></sup>
<a href="https://blog.example.com/garden/thaw/">The thaw</a> comes later.</p>
<p><img src="https://blog.example.com/images/pot.png" alt="A frozen pot" width="552" height="300"></p>
<ol><li>Water the roots.</li><li>Cover the leaves.</li></ol>
<table><tr><th>Plant</th><th>Cold</th></tr><tr><td>Cabbage</td><td>hardy</td></tr></table>
<p>Write <code>{{ name }}</code> for a name.</p>
<ol><li id="note-1">As late as you dare.</li></ol>
<p><a href="${UNSUBSCRIBE}">Unsubscribe</a> <a href="https://letters.example.com/s/garden/frost">On the web</a></p>
<p>1 Garden Lane</p>
</body>
</html>
`;

const HEAD = `From: Garden Letters <garden@example.com>
Reply-To: answers@example.com
To: reader@example.com
Subject: The first frost
Date: Mon, 23 Nov 2026 08:00:00 +0000
Message-ID: <abc123@letters.example.com>
List-Unsubscribe: <${UNSUBSCRIBE}>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
List-Id: Garden Letters <garden.letters.example.com>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="=_frost"
`;

const part = (kind: string, body: string): string =>
  `--=_frost\nContent-Type: text/${kind}; charset=utf-8\nContent-Transfer-Encoding: 7bit\n\n${body}`;

/** A message that keeps every rule, small enough to read. Tests break one thing of it. Its line ends are `\n`; `wired` makes them CRLF. */
export const GOOD_MESSAGE = `${HEAD}\n${part('plain', TEXT)}${part('html', HTML)}--=_frost--\n`;

/** One byte per character, as a mail server gets it; what is beyond ASCII is put into quoted-printable. */
export function wired(message: string): Buffer {
  const [head = '', ...parts] = message.split(/^(?=--=_frost)/m);
  return Buffer.from([head, ...parts.map(quoted)].join('').replaceAll('\n', '\r\n'), 'latin1');
}

function quoted(part: string): string {
  if (/^[\x01-\x7f]*$/.test(part)) return part;
  const { 0: head, index } = /^[^]*?\n\n/.exec(part) ?? { 0: '', index: 0 };
  const body = part
    .slice(index + head.length)
    .replace(/[=\x80-\u{10ffff}]/gu, (character) =>
      [...Buffer.from(character)]
        .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
        .join(''),
    )
    .replace(/(.{55,70}?)(?==[0-9A-F])/g, '$1=\n');
  return head.replace('7bit', 'quoted-printable') + body;
}

const issue: Issue = {
  id: 'frost' as IssueId,
  number: 2,
  title: 'The first frost',
  subject: 'The first frost',
  preheader: 'What to do on the evening before.',
  description: '',
  aliases: ['frost', '02-frost', '/garden/frost/'],
  body: [
    'Bring the **pots** in before the first frost.[^1] [The thaw](/garden/thaw/) comes later.',
    '',
    '![A frozen pot](/images/pot.png)',
  ].join('\n'),
  bodyLine: 6,
  params: {},
  lines: { title: 2, preheader: 3 },
  file: 'content/garden/02-frost.md',
};

const thaw: Issue = {
  ...issue,
  id: 'thaw' as IssueId,
  number: 1,
  aliases: ['thaw', '/garden/thaw/'],
  file: 'content/garden/01-thaw.md',
};

const series: Series = {
  id: 'garden' as SeriesId,
  title: 'Garden Letters',
  description: '',
  language: 'en',
  from: { name: 'Garden Letters', address: 'garden@example.com' as EmailAddress },
  cadence: { every: { kind: 'days', days: 1 }, timezone: 'UTC' },
  join: 'first',
  paces: [],
  letters: [],
  template: 'issue',
  issues: [thaw, issue],
  file: 'content/garden/_index.md',
};

export const GOOD_CONTEXT: LintContext = {
  series,
  issue,
  subject: issue.subject,
  listId: 'garden.letters.example.com',
  hasMailServer: true,
  slots: {
    greeting: 'Hello,',
    unsubscribeUrl: UNSUBSCRIBE,
    readerUrl: 'https://letters.example.com/m/abcdefghijkl2345',
    webUrl: 'https://letters.example.com/s/garden/frost',
  },
  postalAddress: '1 Garden Lane',
  siteUrl: 'https://blog.example.com',
  ownTemplates: {},
};

/** The context of a post with another subject. */
export const withSubject = (subject: string): Partial<LintContext> => ({ subject });

export const withLanguage = (language: string): Partial<LintContext> => ({ series: { ...series, language } });
