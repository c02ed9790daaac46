import type { WrittenTag } from './written-tag.ts';

/** Tags whose inside is not Markdown, so that nothing in it is a tag, a fence or a formula. */
const RAW: Readonly<Record<'shortcode' | 'liquid' | 'directive', ReadonlySet<string>>> = {
  shortcode: new Set(
    (
      'highlight code codeblock code-block mermaid math katex latex mathjax tex raw rawhtml raw-html html comment gist ' +
      'chart echarts plantuml graphviz diagram markmap goat asciinema css.inline math.inline'
    ).split(' '),
  ),
  liquid: new Set(
    'highlight raw verbatim comment codeblock code mermaid math katex latex plantuml chart echarts'.split(
      ' ',
    ),
  ),
  directive: new Set('v-pre raw mermaid math'.split(' ')),
};

export const isRaw = ({ syntax, name, role }: WrittenTag): boolean =>
  role === 'opens' && (syntax === 'shortcode' || syntax === 'liquid') && RAW[syntax].has(name.toLowerCase());

/** A raw tag up to its closing tag, found without looking at what stands between; undefined when it is never closed. */
export function untilItsEnd(tag: WrittenTag, text: string, missing: Set<string>): WrittenTag | undefined {
  const { syntax, name } = tag;
  const key = `${syntax} ${name}`;
  if (tag.isAlone === true || missing.has(key)) return undefined;
  const closing = closingOf(syntax, name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  closing.lastIndex = tag.end;
  const found = closing.exec(text);
  if (found !== null) return { ...tag, inner: { start: tag.end, end: found.index }, end: closing.lastIndex };
  missing.add(key);
  return undefined;
}

const closingOf = (syntax: WrittenTag['syntax'], name: string): RegExp =>
  syntax === 'shortcode'
    ? new RegExp(String.raw`\{\{[<%]\s{0,9}/\s{0,9}${name}\s{0,9}[>%]\}\}`, 'g')
    : new RegExp(String.raw`\{%-?\s{0,9}end_?${name}\s{0,9}-?%\}`, 'g');
