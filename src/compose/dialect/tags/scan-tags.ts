import { endOfCodeSpan, endOfFence, lineAt } from './code-stretch.ts';
import { isRaw, untilItsEnd } from './raw-tags.ts';
import { readDirective } from './read-directive.ts';
import { readFormula } from './read-formula.ts';
import { readLiquidTag, readNunjucksComment, readOutput } from './read-liquid.ts';
import { readShortcode } from './read-shortcode.ts';
import type { WrittenTag } from './written-tag.ts';

/** Which syntaxes a text is read for: in MDX braces are its own, so that only directives and formulas are left; Hexo alone has `{# … #}`. */
export type TagLanguage = 'markdown' | 'nunjucks' | 'mdx';

interface Scan {
  readonly text: string;
  readonly language: TagLanguage;
  readonly tags: WrittenTag[];
  /** Names of tags, and `-->`, that nothing closes any more from here on. */
  readonly missing: Set<string>;
}

const STARTS = /\\\\[([]|\\(?:begin\{|[^])|\n|`+|\$+|<!--|\{[{%#]/g;

/** Everything in a text that a generator would replace, and its formulas, in order; none overlaps another. */
export function scanTags(text: string, language: TagLanguage): readonly WrittenTag[] {
  const scan: Scan = { text, language, tags: [], missing: new Set() };
  const starts = new RegExp(STARTS);
  let from = startLine(scan, 0);
  for (;;) {
    starts.lastIndex = from;
    const found = starts.exec(text);
    if (found === null) return scan.tags;
    from = stepOver(scan, found);
  }
}

/** Reads what begins with `found` and gives the offset after it. */
function stepOver(scan: Scan, { 0: found, index }: RegExpExecArray): number {
  const after = index + found.length;
  if (found === '\n') return startLine(scan, after);
  if (found.startsWith('`'))
    return inCode(scan, index, endOfCodeSpan(scan.text, index, scan.text.length)) ?? after;
  if (found === '<!--') return inCode(scan, index, endOfComment(scan, index)) ?? after;
  if (found.startsWith('$$$')) return after;
  const tag = found.startsWith('{') ? readTag(scan, index, scan.text.length) : readFormula(scan.text, index);
  if (tag === undefined) return after;
  const whole = isRaw(tag) ? (untilItsEnd(tag, scan.text, scan.missing) ?? tag) : tag;
  scan.tags.push(whole);
  return whole.end;
}

/** A fence or a directive has a line of its own. */
function startLine(scan: Scan, start: number): number {
  const { text, tags } = scan;
  const code = endOfFence(text, start);
  if (code !== undefined) return inCode(scan, start, code) ?? start;
  const line = lineAt(text, start);
  const [before = ''] = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*/.exec(line) ?? [];
  const directive = readDirective(line.slice(before.length), start + before.length);
  if (directive === undefined) return start;
  tags.push(directive);
  return directive.end;
}

/** Notes the tags in a stretch of code, for they are tags after all should Markdown not take it for code. */
function inCode(scan: Scan, start: number, end: number | undefined): number | undefined {
  if (end === undefined) return undefined;
  const starts = /\{[{%#]/g;
  starts.lastIndex = start;
  for (
    let found = starts.exec(scan.text);
    found !== null && found.index < end;
    found = starts.exec(scan.text)
  ) {
    const tag = readTag(scan, found.index, end);
    if (tag !== undefined) {
      scan.tags.push({ ...tag, isInCode: true });
      starts.lastIndex = tag.end;
    }
  }
  return end;
}

function readTag({ text, language }: Scan, at: number, limit: number): WrittenTag | undefined {
  if (language === 'mdx') return undefined;
  const opening = text.slice(at, at + 3);
  if (opening === '{{<' || opening === '{{%') return readShortcode(text, at, limit);
  if (opening.startsWith('{{')) return readOutput(text, at, limit);
  if (opening.startsWith('{%')) return readLiquidTag(text, at, limit);
  return language === 'nunjucks' ? readNunjucksComment(text, at, limit) : undefined;
}

function endOfComment({ text, missing }: Scan, start: number): number | undefined {
  if (missing.has('-->')) return undefined;
  const end = text.indexOf('-->', start);
  if (end >= 0) return end + '-->'.length;
  missing.add('-->');
  return undefined;
}
