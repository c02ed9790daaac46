import { escapeHtml } from '../domain/escape-html.ts';
import type { NoticeView } from './notice-view.ts';
import { wrapText } from './text/wrap-text.ts';

/** HTML that was made here; anything else is text and escaped. */
class Markup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

type Part = string | Markup | readonly Markup[] | undefined;

/** A template whose values are escaped, but for markup from here. */
const html = (pieces: TemplateStringsArray, ...values: readonly Part[]): Markup =>
  new Markup(String.raw({ raw: pieces }, ...values.map(inHtml)));

function inHtml(value: Part): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeHtml(value);
  return value instanceof Markup ? value.html : value.map((one) => one.html).join('');
}

/** The notice as a simple page: no images, no links, nothing that is fetched. */
export function noticeHtml(view: NoticeView, language: string): string {
  const { title, paragraphs, quote, rows, fix, command, why } = view;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
      </head>
      <body style="margin:0 auto;padding:24px;max-width:36em;font:16px/1.6 system-ui,sans-serif">
        <h1 style="font-size:22px;line-height:1.3">${title}</h1>
        ${paragraphs.map((text) => html`<p>${text}</p> `)}${quote === undefined ? undefined : html`<blockquote style="margin:16px 0;padding-left:12px;border-left:3px solid #999">${quote}</blockquote> `}${tableOf(rows)}${fix === undefined ? undefined : html`<p>${fix}</p> `}${command === undefined ? undefined : html`<pre style="padding:12px;border:1px solid #999;white-space:pre-wrap"><code>${command}</code></pre> `}
        <p style="margin-top:32px;font-size:13px;opacity:.75">${why}</p>
      </body>
    </html> `.html;
}

function tableOf(rows: NoticeView['rows']): Markup | undefined {
  if (rows.length === 0) return undefined;
  const lines = rows.map(
    ([name, value]) =>
      html`<tr>
        <td style="padding:2px 24px 2px 0">${name}</td>
        <td style="padding:2px 0;text-align:right">${value}</td>
      </tr> `,
  );
  return html`<table role="presentation" style="border-collapse:collapse;margin:16px 0">
    ${lines}
  </table> `;
}

const WIDTH = 72;

/** The same as text. */
export function noticeText({ title, paragraphs, quote, rows, fix, command, why }: NoticeView): string {
  const parts = [
    inLines(title),
    ...paragraphs.map((text) => inLines(text)),
    quote === undefined ? '' : inLines(quote, '> '),
    rows.map(([name, value]) => `${name}: ${value}`).join('\n'),
    fix === undefined ? '' : inLines(fix),
    command === undefined ? '' : `    ${command}`,
    `-- \n${inLines(why)}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const inLines = (text: string, lead = ''): string =>
  wrapText(text, { width: WIDTH, first: lead, rest: lead }).join('\n');
