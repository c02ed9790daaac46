import type { Nodes, Root } from 'mdast';
import type { Extension } from 'micromark-util-types';
import type { Processor } from 'unified';
import { CJK_CHARACTER } from './article/cjk-character.ts';
import { markdownBase } from './article/markdown-base.ts';
import { showEmoji } from './dialect/emoji/show-emoji.ts';
import { DEEPEST, isNestedDeeper } from './dialect/is-nested-deeper.ts';

/** What a title can hold; a longer line is no title, and is shown as it is written. */
const LONGEST = 5_000;
const MARKUP = /[*_`&:[<\\~]/;
/** Between angle brackets; `Map<key:value>` has none. */
const ADDRESS = /^<(?:https?:\/\/|mailto:|[^:]+@)/i;
const DRESSING = new Set('abbr b code del em i kbd mark s small span strong sub sup u'.split(' '));

/** A title may begin with `#`, `1.` or `>`: none of these makes a block of it. */
const NO_BLOCKS: Extension = {
  disable: {
    null: [
      'blockQuote',
      'codeFenced',
      'codeIndented',
      'definition',
      'gfmFootnoteDefinition',
      'headingAtx',
      'htmlFlow',
      'list',
      'setextUnderline',
      'table',
      'thematicBreak',
    ],
  },
};

const oneLine = markdownBase().use(withoutBlocks).freeze();

/**
 * A title or description as its writer typed it, Markdown and entities included → what a reader should see where only plain text
 * can stand. Words are never lost: what may be meant as it stands, as in `3 * 4`, `snake_case` or `__init__`, is left.
 */
export const plainLine = (written: string): string =>
  !MARKUP.test(written) || written.length > LONGEST ? written : written.split('\n').map(plain).join('\n');

function plain(line: string): string {
  const [before = '', source = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(line)?.slice(1) ?? [];
  const tree: Root = oneLine.parse(source);
  if (isNestedDeeper(tree, DEEPEST)) return line;
  showEmoji(tree);
  // An entity can stand for the end of a line, which a mail's header must not have.
  const words = said(tree, source).replace(/[\t\n\r\f\v]+/g, ' ');
  return words.trim() === '' ? line : before + words + after;
}

function said(node: Nodes, source: string): string {
  const written = source.slice(node.position?.start.offset, node.position?.end.offset);
  if (node.type === 'html') return isDressing(node.value, source) ? '' : node.value;
  if (node.type === 'image') return node.alt || written;
  if (!('children' in node)) return 'value' in node ? node.value : written;
  if (isMeantAsWritten(node, source, written)) return written;
  const words = node.children.map((child) => said(child, source)).join('');
  return words.trim() === '' ? written : words;
}

/** A tag that only dresses the words up to its other half; one that stands alone may be what the title is about. */
function isDressing(tag: string, source: string): boolean {
  const name = /^<\/?([a-z]+)[\s>]/i.exec(tag)?.[1]?.toLowerCase() ?? '';
  if (!DRESSING.has(name)) return false;
  return new RegExp(`<${name}[\\s>][^]*</${name}\\s*>`, 'i').test(source);
}

function isMeantAsWritten(node: Nodes, source: string, written: string): boolean {
  if (node.type === 'link') return written.startsWith('<') && !ADDRESS.test(written);
  if (node.type === 'delete') return !written.startsWith('~~');
  if (node.type !== 'emphasis' && node.type !== 'strong') return false;
  if (/^__\w+__$/.test(written)) return true;
  // `2*3*4` multiplies, while Chinese has no spaces around emphasis.
  const { start, end } = node.position ?? {};
  return isLetter(source[(start?.offset ?? 0) - 1]) && isLetter(source[end?.offset ?? source.length]);
}

const isLetter = (character = ''): boolean =>
  /[\p{L}\p{N}]/u.test(character) && !CJK_CHARACTER.test(character);

function withoutBlocks(this: Processor): void {
  (this.data().micromarkExtensions ??= []).push(NO_BLOCKS);
}
