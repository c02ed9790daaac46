import type { Element } from 'hast';
import { attribute, hasClass, isElement } from '../article/element.ts';
import { narrower, type TextRoom } from './text-room.ts';
import { textWidth } from './text-width.ts';

type Marker = (number: number) => string;

const dot: Marker = (number) => `${number}. `;
const dash: Marker = () => '- ';

/** A list with hanging indents, one block; items keep a blank line between them where the writer put one. */
export function listText(
  list: Element,
  room: TextRoom,
  marker = list.tagName === 'ol' ? dot : dash,
): string[] {
  const items = list.children.filter((child): child is Element => isElement(child, 'li'));
  if (items.length === 0) return [];
  const start = Number(attribute(list, 'start') ?? 1);
  const markers = items.map((item, index) =>
    hasClass(item, 'task-list-item') ? '' : marker(Number(attribute(item, 'value') ?? start + index)),
  );
  const indent = Math.max(...markers.map(textWidth));
  const between = items.some((item) => item.children.some((child) => isElement(child, 'p'))) ? '\n\n' : '\n';

  const texts = items.map((item, index) => {
    const text = room.blocksOf(item.children, narrower(room, indent)).join(between);
    return (markers[index] ?? '').padStart(indent) + text.replace(/\n(?=.)/g, `\n${' '.repeat(indent)}`);
  });
  return [texts.join(between)];
}
