import { looksLikeFormula } from '../formula-text.ts';
import { writtenTag, type Stretch, type WrittenTag } from './written-tag.ts';

const LONGEST_INLINE = 1_000;
const LONGEST_BLOCK = 5_000;
const BLANK_LINE = /\n[ \t>]*\r?\n/;

/** A formula of TeX that begins at an offset with `$`, `\(`, `\[` or `\begin{…}`, the backslash doubled where Markdown would take it; undefined when it is none. */
export function readFormula(text: string, start: number): WrittenTag | undefined {
  const open = /^(?:\$\$?|\\{1,2}[([]|\\begin)/.exec(text.slice(start, start + 6))?.[0] ?? '';
  const inner = READERS[open]?.(text, start);
  if (inner === undefined) return undefined;
  const end = inner.end + (open === '\\begin' ? 0 : open.length);
  const isBlock = !/^(?:\$|\\+\()$/.test(open) && standsAlone(text, start, end);
  const name = isBlock ? 'block' : 'inline';
  return writtenTag({ role: 'formula', syntax: 'output', name, start, end, inner });
}

const READERS: Readonly<Record<string, (text: string, start: number) => Stretch | undefined>> = {
  $: singleDollar,
  $$: doubleDollar,
  '\\(': (text, start) => bracketed(text, start, '\\)'),
  '\\[': (text, start) => bracketed(text, start, '\\]'),
  '\\\\(': (text, start) => bracketed(text, start, '\\\\)'),
  '\\\\[': (text, start) => bracketed(text, start, '\\\\]'),
  '\\begin': environment,
};

/** On a line of its own `$$` may hold blank lines, as long as another such line ends it. */
function doubleDollar(text: string, start: number): Stretch | undefined {
  const from = start + 2;
  const rest = text.slice(from, from + LONGEST_BLOCK);
  if (/^[ \t]*\r?\n/.test(rest)) {
    const closing = /\n[ \t>]*\$\$[ \t]*(?=\r?\n|$)/.exec(rest);
    if (closing !== null) return { start: from, end: from + closing.index + closing[0].indexOf('$$') };
  }
  const inside = rest.slice(0, Math.max(0, rest.indexOf('$$')));
  if (inside === '' || BLANK_LINE.test(inside)) return undefined;
  const isFormula =
    inside.includes('\\') || looksLikeFormula(inside) || standsAlone(text, start, from + inside.length + 2);
  return isFormula ? { start: from, end: from + inside.length } : undefined;
}

// Pandoc's rule for `$…$`, and that no word or brace follows, since `${a}=${b}` is code of a shell.
function singleDollar(text: string, start: number): Stretch | undefined {
  const from = start + 1;
  if (GLUED_BEFORE.test(text.slice(Math.max(0, start - 2), start))) return undefined;
  const rest = text.slice(from, from + LONGEST_INLINE);
  const inside = /^(?!\s)(?:`[^`$]+`|(?:[^$\\`]|\\[^])+?)(?<!\s)(?=\$)/.exec(rest)?.[0];
  if (inside === undefined || BLANK_LINE.test(inside)) return undefined;
  if (GLUED_AFTER.test(rest.slice(inside.length + 1, inside.length + 3))) return undefined;
  const isQuoted = /^`[^`]+`$/.test(inside);
  return isQuoted || looksLikeFormula(inside) ? { start: from, end: from + inside.length } : undefined;
}

const CJK = '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Bopomofo}';
const GLUED_BEFORE = new RegExp(`(?:(?![${CJK}])[\\p{L}\\p{N}]|[\\\\$])$`, 'u');
const GLUED_AFTER = new RegExp(`^(?:(?![${CJK}])[\\p{L}\\p{N}]|[{$])`, 'u');

// `\[1\]` and `\(so\)` are brackets that are meant to be read; a doubled backslash is not typed for them.
function bracketed(text: string, start: number, close: string): Stretch | undefined {
  const from = start + close.length;
  const rest = text.slice(from, from + LONGEST_BLOCK);
  const inside = rest.slice(0, Math.max(0, rest.indexOf(close)));
  const isFormula =
    !inside.includes(text.slice(start, from)) &&
    !BLANK_LINE.test(inside) &&
    (close.length === 3 || /[\\^_=+{}<>]/.test(inside)) &&
    looksLikeFormula(inside);
  return isFormula ? { start: from, end: from + inside.length } : undefined;
}

function environment(text: string, start: number): Stretch | undefined {
  const rest = text.slice(start, start + LONGEST_BLOCK);
  const name = /^\\begin\{([a-z]+\*?)\}/i.exec(rest)?.[1];
  const close = name === undefined ? -1 : rest.indexOf(`\\end{${name}}`);
  return close < 0 ? undefined : { start, end: start + close + `\\end{${name}}`.length };
}

/** On lines that hold nothing else. */
const standsAlone = (text: string, start: number, end: number): boolean =>
  /(?:^|\n)[ \t>]*(?:[-+*]|\d+[.)])?[ \t]*$/.test(text.slice(Math.max(0, start - FAR), start)) &&
  /^[ \t]*(?:\r?\n|$)/.test(text.slice(end, end + FAR));

const FAR = 100;
