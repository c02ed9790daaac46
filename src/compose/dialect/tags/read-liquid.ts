import { closeOf } from './end-of-tag.ts';
import { tagParameters } from './tag-parameters.ts';
import { writtenTag, type WrittenTag } from './written-tag.ts';

/** A `{% … %}` of Jekyll or Hexo that begins at an offset; undefined when it is none. */
export function readLiquidTag(text: string, start: number, limit: number): WrittenTag | undefined {
  const at = closeOf(text, start + 2, '%}', '"\'', limit);
  if (at < 0) return unclosed(text, start, limit);
  const inside = text
    .slice(start + 2, at)
    .replace(/^-|-$/g, '')
    .trim();
  const stretch = { syntax: 'liquid', start, end: at + 2 } as const;
  if (inside.startsWith('#')) return writtenTag({ role: 'hidden', ...stretch });

  const [, name = '', rest = ''] = /^([^\s"',|]+)([^]*)$/.exec(inside) ?? [];
  if (name === '') return writtenTag({ role: 'unclosed', ...stretch });
  const closed = /^(?:end_?|\/)(?=.)(.+)$/.exec(name)?.[1];
  return closed === undefined
    ? writtenTag({ role: 'opens', name, ...liquidParameters(rest.trim()), ...stretch })
    : writtenTag({ role: 'closes', name: closed, ...stretch });
}

// `text` keeps what Hexo's tags divide by their own marks (`url, text [title]`, `type@text`).
function liquidParameters(rest: string): Pick<WrittenTag, 'positional' | 'named'> {
  const { positional, named } = tagParameters(rest);
  return { positional, named: { ...named, [WHOLE]: rest } };
}

/** Under this name a Liquid tag keeps all that it was given, as written. */
export const WHOLE = '*';

// Outside templates `{%` is rare, but `{%` in a sentence about Liquid, without any name after it, is not a tag.
function unclosed(text: string, start: number, limit: number): WrittenTag | undefined {
  const [line = ''] = /^[^\r\n]*/.exec(text.slice(start, limit)) ?? [];
  if (!/^\{%-?\s*[a-z_]/i.test(line)) return undefined;
  return writtenTag({ role: 'unclosed', syntax: 'liquid', start, end: start + line.length });
}

const OUTPUT = /\{\{(?:-?\s*)(?<inside>(?:"[^"\n]*"|'[^'\n]*'|[^{}"'])*?)\s*-?\}\}\}?/y;
const BROKEN_OUTPUT = /\{\{-?\s*[.$\w][^{}\r\n]*\}?/y;
const LONGEST_OUTPUT = 1_000;

/** A `{{ … }}` of Jekyll, Hexo or VitePress that begins at an offset; undefined when it is none. */
export function readOutput(text: string, start: number, limit: number): WrittenTag | undefined {
  const [paragraph = ''] = text
    .slice(start, Math.min(limit, start + LONGEST_OUTPUT))
    .split(/\n[ \t>]*\r?\n/, 1);
  const whole = matchAt(OUTPUT, text, start);
  if (whole !== undefined && whole[0].length <= paragraph.length) {
    const inside = whole.groups?.['inside'] ?? '';
    const [name = ''] = /^[^\s|]*/.exec(inside) ?? [];
    const named = { [WHOLE]: inside };
    return writtenTag({ role: 'opens', syntax: 'output', name, named, start, end: start + whole[0].length });
  }
  const broken = matchAt(BROKEN_OUTPUT, text, start)?.[0];
  return broken === undefined || start + broken.length > limit
    ? undefined
    : writtenTag({ role: 'unclosed', syntax: 'output', start, end: start + broken.length });
}

/** Nunjucks' `{# … #}`. */
export function readNunjucksComment(text: string, start: number, limit: number): WrittenTag | undefined {
  if (!/\s/.test(text[start + 2] ?? '')) return undefined;
  const [line = ''] = /^[^\r\n]*/.exec(text.slice(start, Math.min(limit, start + LONGEST_OUTPUT))) ?? [];
  const end = line.indexOf('#}');
  return end < 0 ? undefined : writtenTag({ role: 'hidden', syntax: 'liquid', start, end: start + end + 2 });
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  const sticky = new RegExp(pattern);
  sticky.lastIndex = at;
  return sticky.exec(text) ?? undefined;
}
