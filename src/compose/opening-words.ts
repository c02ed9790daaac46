import type { Element, Root } from 'hast';
import { EXIT, SKIP, visit } from 'unist-util-visit';
import { CJK_CHARACTER } from './article/cjk-character.ts';
import { hasClass, textOf } from './article/element.ts';
import { textClusters } from './text/text-clusters.ts';
import { textWidth } from './text/text-width.ts';

const ROOM = 140;
/** A sentence that ends before this leaves the line emptier than a cut one. */
const WORTH_A_STOP = 60;
/** Characters that surely fill the line, even emoji made of many; the rest of a long paragraph is not looked at. */
const ENOUGH = 16 * ROOM;

const NOT_PROSE = new Set('pre table figure figcaption section h2 h3 h4 h5 h6 dl'.split(' '));
const NOT_OPENING = ['callout', 'embed', 'notes'];
const SENTENCE_END = /[。！？!?…][」』”’）)"']*(?=.)|\.["”’)]*(?=\s)/gu;

const ENDS_IN_CJK = new RegExp(`${CJK_CHARACTER.source}$`, 'u');

/**
 * How an article begins, as one line of at most 140 columns (a CJK character is two): whole sentences when they fill most of it,
 * else cut between words. Empty when the article has no paragraph.
 */
export function openingWords(article: Root): string {
  let opening = '';
  visit(article, 'element', (node) => {
    if (NOT_PROSE.has(node.tagName) || NOT_OPENING.some((name) => hasClass(node, name))) return SKIP;
    if (node.tagName !== 'p') return undefined;
    opening = joined(opening, wordsOf(node)).slice(0, ENOUGH);
    return opening.length === ENOUGH || textWidth(opening) > ROOM ? EXIT : SKIP;
  });
  return shortened(opening);
}

function joined(before: string, words: string): string {
  if (before === '' || words === '') return before + words;
  return before + (ENDS_IN_CJK.test(before) ? '' : ' ') + words;
}

/** What a paragraph says, without footnote marks and buttons. */
function wordsOf(paragraph: Element): string {
  const said = structuredClone(paragraph);
  visit(said, 'element', (node, index, parent) => {
    if (index === undefined || parent === undefined) return undefined;
    if (node.tagName === 'br') parent.children[index] = { type: 'text', value: ' ' };
    const isMark = node.tagName === 'sup' && /^\[.*\]$/.test(textOf(node));
    if (!isMark && node.tagName !== 'rt' && node.tagName !== 'rp' && !hasClass(node, 'button'))
      return undefined;
    parent.children.splice(index, 1);
    return [SKIP, index];
  });
  return textOf(said).replace(/\s+/g, ' ').trim();
}

function shortened(text: string): string {
  if (textWidth(text) <= ROOM) return text;
  return wholeSentences(text) ?? `${cut(text)}…`;
}

function wholeSentences(text: string): string | undefined {
  let longest = { end: 0, width: 0 };
  for (const { index, 0: mark } of text.matchAll(SENTENCE_END)) {
    const end = index + mark.length;
    const width = longest.width + textWidth(text.slice(longest.end, end));
    if (width > ROOM) break;
    longest = { end, width };
  }
  return longest.width >= WORTH_A_STOP ? text.slice(0, longest.end) : undefined;
}

function cut(text: string): string {
  let line = '';
  for (const { text: piece, afterSpace } of textClusters(text, ROOM - 1)) {
    const longer = line + (afterSpace && line !== '' ? ' ' : '') + piece;
    if (textWidth(longer) > ROOM - 1) break;
    line = longer;
  }
  return line.replace(/[\s\p{P}]+$/u, '');
}
