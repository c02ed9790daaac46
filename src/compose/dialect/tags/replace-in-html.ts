import type { Html, RootContent } from 'mdast';
import { escapeHtml } from '../../../domain/escape-html.ts';
import { WEB_VERSION } from '../../article/link-target.ts';
import { asBlocks, isBlock } from '../as-blocks.ts';
import { reportNotUnderstood } from '../not-understood.ts';
import { asCode } from './shown-as-code.ts';
import type { HeldMeanings } from './held-meanings.ts';
import { inlineHtml } from './inline-html.ts';
import { partsOf } from './replace-in-string.ts';
import { walkHtml, type HtmlPart } from './html-walk.ts';

/** Raw HTML → the same with what its tags mean. One that means blocks divides it: what was open stays open around them. */
export function replaceInHtml(node: Html, tags: HeldMeanings): readonly RootContent[] {
  if (!tags.marks.isIn(node.value)) return [node];
  const nodes: RootContent[] = [];
  let open = '';
  const endHtml = (): void => {
    if (open !== '') nodes.push({ ...node, value: open });
    open = '';
  };
  const walk = walkHtml();
  const isAmongWords = hasWords(node.value, tags);
  let part: HtmlPart = 'text';
  for (const piece of partsOf(node.value, tags)) {
    if (typeof piece === 'string') {
      part = walk.partAfter(piece);
      open += piece;
      continue;
    }
    const meant = part === 'text' ? tags.nodes(piece, isAmongWords) : undefined;
    if (meant === undefined) open += escaped(piece, part, open, tags);
    else if (!meant.some(isBlock)) open += inlineHtml(meant);
    else {
      endHtml();
      nodes.push(...asBlocks(meant));
    }
  }
  endHtml();
  return nodes;
}

const hasWords = (html: string, { marks }: HeldMeanings): boolean =>
  /\S/.test(html.replace(/<[^<>]*>/g, '').replace(marks.pattern, ''));

function escaped(tag: number, part: HtmlPart, before: string, tags: HeldMeanings): string {
  if (part === 'code') return escapeHtml(sourceOf(tag, tags));
  if (part === 'comment') return '';
  return attributeValue(tag, before, tags);
}

const sourceOf = (tag: number, { lines, reader }: HeldMeanings): string =>
  lines(tag)
    .map((line) => asCode(line, reader.place.issue))
    .join('\n');

/** Docusaurus' `style={{color: 'red'}}`. */
const isJsxStyle = (tag: number, before: string, tags: HeldMeanings): boolean =>
  /\sstyle=$/.test(before.slice(-200)) && /^\{\{\s*(?:['"]?[\w-]+['"]?\s*:|\}\})/.test(sourceOf(tag, tags));

function attributeValue(tag: number, before: string, tags: HeldMeanings): string {
  if (isJsxStyle(tag, before, tags)) return '""';
  const words = tags.words(tag);
  // Without quotes a space would end the value.
  if (words !== undefined)
    return escapeHtml(words).replace(/\s+/g, (space) =>
      /=[^\s"'<>]*$/.test(before.slice(-200)) ? '%20' : space,
    );
  const isLink = /\shref\s*=\s*["']?[^"'\s>]*$/i.test(before.slice(-200));
  reportNotUnderstood(tags.tag(tag), isLink ? 'link' : 'nothing', tags.reader.report);
  return isLink ? WEB_VERSION : '';
}
