import { unescapeHtml } from './unescape-html.ts';

/** Text that is there for mail lists only stands first in the body, and is not shown. */
const HIDDEN = /<body\b[^>]*>\s*<div style="[^"]*display:\s*none[^"]*"[^>]*>([^<]*)</i;
/** Characters that take room and show nothing, which keep the mail's own text out of the line. */
const FILLING = /(?:[\s\u00ad\u200b-\u200f\u2060\ufeff]|\u034f)+$/u;

/** What a list of mails shows beside the subject; '' when the mail says nothing for it. */
export const inboxWords = (html: string): string =>
  unescapeHtml(HIDDEN.exec(html)?.[1] ?? '')
    .replace(FILLING, '')
    .trim();
