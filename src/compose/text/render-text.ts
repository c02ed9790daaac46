import type { Element, Nodes, Root } from 'hast';
import { element, hasClass, isBlank, isElement, textOf } from '../article/element.ts';
import type { ImageLabel } from '../article/resolve-links.ts';
import { inlineText } from './inline-text.ts';
import { listText } from './list-text.ts';
import { tableText } from './table-text.ts';
import { narrower, type TextRoom } from './text-room.ts';
import { textWidth } from './text-width.ts';
import { wrapText } from './wrap-text.ts';

/** Columns of the text part (RFC 5322 §2.1.1 asks for at most 78). */
export const TEXT_WIDTH = 72;

const BLOCKS = new Set(
  'p div section figure figcaption blockquote ul ol li pre table caption hr dl dt dd h1 h2 h3 h4 h5 h6'.split(
    ' ',
  ),
);

/** An article as plain text of at most `width` columns, without a newline at the end. */
export const renderText = (article: Root, imageLabel: ImageLabel, width: number = TEXT_WIDTH): string =>
  blocksOf(article.children, { width, imageLabel, blocksOf }).join('\n\n');

function blocksOf(nodes: readonly Nodes[], room: TextRoom): string[] {
  const blocks: string[] = [];
  let inline: Nodes[] = [];
  const endParagraph = (): void => {
    const words = inlineText(inline, room.imageLabel);
    if (words !== '') blocks.push(wrapText(words, { width: room.width }).join('\n'));
    inline = [];
  };
  for (const node of nodes) {
    if (node.type === 'element' && BLOCKS.has(node.tagName)) {
      endParagraph();
      blocks.push(...blockText(node, room));
    } else inline.push(node);
  }
  endParagraph();
  return blocks;
}

function blockText(node: Element, room: TextRoom): string[] {
  switch (node.tagName) {
    case 'h2':
      return underlinedHeading(node, room);
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return markedHeading(node, room);
    case 'hr':
      return ['* * *'.padStart((room.width + 5) / 2)];
    case 'pre':
      return [indented(textOf(node).replace(/\n$/, ''), '    ')];
    case 'blockquote':
      return [quoted(blocksOf(node.children, narrower(room, 2)).join('\n\n'))];
    case 'ul':
    case 'ol':
      return listText(node, room);
    case 'table':
      return tableText(node, room);
    case 'dd':
      return [indented(blocksOf(node.children, narrower(room, 4)).join('\n\n'), '    ')];
    case 'section':
      return notesText(node, room);
    case 'div':
    case 'p':
      return boxText(node, room);
    default:
      return blocksOf(node.children, room);
  }
}

function underlinedHeading(heading: Element, room: TextRoom): string[] {
  const lines = wrapText(inlineText(heading.children, room.imageLabel), { width: room.width });
  return [[...lines, '-'.repeat(Math.max(...lines.map(textWidth)))].join('\n')];
}

function markedHeading(heading: Element, room: TextRoom): string[] {
  const words = inlineText(heading.children, room.imageLabel);
  return [wrapText(words, { width: room.width, first: '### ', rest: '    ' }).join('\n')];
}

function notesText(notes: Element, room: TextRoom): string[] {
  return notes.children
    .filter((child) => !isBlank(child))
    .flatMap((child) =>
      child.type === 'element' && child.tagName === 'ol'
        ? listText(child, room, (number) => `[${number}] `)
        : blocksOf([child], room),
    );
}

function boxText(box: Element, room: TextRoom): string[] {
  if (hasClass(box, 'callout')) return [quoted(blocksOf(box.children, narrower(room, 2)).join('\n\n'))];
  if (hasClass(box, 'callout-title')) return blocksOf([inBold(box.children)], room);
  return blocksOf(hasClass(box, 'embed') ? box.children.filter(hasWords) : box.children, room);
}

const inBold = (children: Element['children']): Element =>
  element(
    'strong',
    {},
    children.flatMap((child) => (isElement(child, 'strong') ? child.children : [child])),
  );

// The picture of a video is a link to where the line below it leads too.
const hasWords = (line: Nodes): boolean =>
  !('children' in line) ||
  !line.children.every((child) => isBlank(child) || isElement(child, 'img') || !hasWords(child));

const indented = (text: string, by: string): string => text.replace(/^(?=.)/gm, by);

const quoted = (text: string): string => text.replace(/^/gm, '> ').replace(/ +$/gm, '');
