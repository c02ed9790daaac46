import type { Scheme } from './preview-view.ts';

/** Where a mail asks which scheme its reader has chosen. */
const ASKING = /<style\b[^>]*>[\s\S]*?<\/style\s*>|<(?:source|link)\b[^>]*>/gi;
const QUESTION = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi;
const SCHEME_META =
  /(<meta\b[^>]*\bname=["']?(?:supported-)?color-scheme["']?[^>]*\bcontent=)(?:"[^"]*"|'[^']*')/gi;
/** Media features that are true and false everywhere, also inside longer queries. */
const ALWAYS = '(min-width: 0)';
const NEVER = '(max-width: 0)';

/** HTML of a mail as somebody sees it who has chosen that scheme, whatever the browser's own is. */
export function inScheme(html: string, scheme: Scheme): string {
  const settled = html
    .replace(ASKING, (tag) =>
      tag.replace(QUESTION, (_, wanted: string) => (wanted.toLowerCase() === scheme ? ALWAYS : NEVER)),
    )
    .replace(SCHEME_META, (_, meta: string) => `${meta}"${scheme}"`);
  const style = `<style>:root { color-scheme: ${scheme} !important; }</style>`;
  const end = settled.search(/<\/head\s*>/i);
  return end < 0 ? style + settled : settled.slice(0, end) + style + settled.slice(end);
}
