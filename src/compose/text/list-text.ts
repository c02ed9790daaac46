import type { Element, Nodes } from 'hast';
import { attribute, hasClass, isBlank, isElement } from '../article/element.ts';
import { narrower, type TextRoom } from './text-room.ts';
import { textWidth } from './text-width.ts';

type Marker = (number: number) => string;

const dot: Marker = (number) => `${number}. `;
const dash: Marker = () => '- ';

/** An item, or what stands between the items: many an old editor put a list straight into a list. */
interface Entry {
  readonly item?: Element;
  readonly children: readonly Nodes[];
}

/** A list with hanging indents, one block; items keep a blank line between them where the writer put one. */
export function listText(
  list: Element,
  room: TextRoom,
  marker = list.tagName === 'ol' ? dot : dash,
): string[] {
  const entries = entriesOf(list);
  if (entries.length === 0) return [];
  const markers = markersOf(list, entries, marker);
  const indent = Math.max(...markers.map(textWidth));
  const isLoose = entries.some(({ children }) => children.some((child) => isElement(child, 'p')));
  const between = isLoose ? '\n\n' : '\n';

  const texts = entries.map(({ children }, index) => {
    const text = room.blocksOf(children, narrower(room, indent)).join(between);
    return (markers[index] ?? '').padStart(indent) + text.replace(/\n(?=.)/g, `\n${' '.repeat(indent)}`);
  });
  return [texts.join(between)];
}

function entriesOf(list: Element): Entry[] {
  const entries: Entry[] = [];
  let strays: Nodes[] = [];
  const endStrays = (): void => {
    if (!strays.every(isBlank)) entries.push({ children: strays });
    strays = [];
  };
  for (const child of list.children) {
    if (!isElement(child, 'li')) strays.push(child);
    else {
      endStrays();
      entries.push({ item: child, children: child.children });
    }
  }
  endStrays();
  return entries;
}

/** Numbered as HTML §4.4.5 has it: on from an item's own number, and down where the list is reversed. */
function markersOf(list: Element, entries: readonly Entry[], marker: Marker): string[] {
  const isReversed = list.properties['reversed'] === true;
  const count = entries.filter(({ item }) => item !== undefined).length;
  let number = wholeNumber(attribute(list, 'start')) ?? (isReversed ? count : 1);
  return entries.map(({ item }) => {
    if (item === undefined) return '';
    const own = wholeNumber(attribute(item, 'value')) ?? number;
    number = own + (isReversed ? -1 : 1);
    return hasClass(item, 'task-list-item') ? '' : marker(own);
  });
}

const wholeNumber = (written = ''): number | undefined =>
  /^-?\d{1,9}$/.test(written) ? Number(written) : undefined;
