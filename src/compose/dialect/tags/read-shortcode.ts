import { closeOf, LONGEST_TAG } from './end-of-tag.ts';
import { tagParameters } from './tag-parameters.ts';
import { writtenTag, type WrittenTag } from './written-tag.ts';

const HEAD = /^\s*(?<closes>\/?)\s*(?<name>[\p{L}\p{N}_][^\s=>%"'`]*)?/u;

/** Hugo's `{{< … >}}` or `{{% … %}}` that begins at an offset; `limit` is where what it stands in ends. */
export function readShortcode(text: string, start: number, limit: number): WrittenTag {
  const close = text[start + 2] === '<' ? '>}}' : '%}}';
  const from = start + 3;
  if (/^\s*\/\*/.test(text.slice(from, from + 20))) return readShown(text, start, close, limit);
  const at = closeOf(text, from, close, '"`', limit);
  if (at < 0) return unclosed(text, start, limit);

  const inside = text.slice(from, at);
  const { closes, name = '' } = HEAD.exec(inside)?.groups ?? {};
  const isAlone = inside.endsWith('/') && closes === '';
  const rest = inside.slice(HEAD.exec(inside)?.[0].length ?? 0).replace(/\/$/, '');
  const parameters = tagParameters(rest);
  const isBroken =
    name === '' || [...parameters.positional, ...Object.values(parameters.named)].includes('"');
  return writtenTag({
    role: isBroken ? 'unclosed' : closes === '/' ? 'closes' : 'opens',
    syntax: 'shortcode',
    name: name.replace(/\/$/, ''),
    ...parameters,
    isAlone,
    start,
    end: at + close.length,
  });
}

function readShown(text: string, start: number, close: string, limit: number): WrittenTag {
  const rest = text.slice(start, Math.min(limit, start + LONGEST_TAG));
  const end = rest.indexOf(`*/${close}`);
  const loose = end < 0 ? rest.indexOf(close) : end + 2;
  if (loose < 0) return unclosed(text, start, limit);
  return writtenTag({ role: 'shown', syntax: 'shortcode', start, end: start + loose + close.length });
}

/** Nobody can say where a tag without its end was to end; with the line nothing of it is left. */
function unclosed(text: string, start: number, limit: number): WrittenTag {
  const lineEnd = text.slice(start, limit).search(/\r?\n/);
  return writtenTag({
    role: 'unclosed',
    syntax: 'shortcode',
    start,
    end: lineEnd < 0 ? limit : start + lineEnd,
  });
}
