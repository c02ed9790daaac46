import type { Element, ElementContent, Root } from 'hast';
import { attribute, hasClass, isBlank } from './element.ts';
import { COLUMN_WIDTH } from './images/image-size.ts';
import { withOutlookFallback } from './images/outlook-fallback.ts';

/** Where an image stands: the px between the edges of what it is in. */
interface Surroundings {
  readonly room: number;
  readonly isInLink: boolean;
}

/** What boxes and indents take from the width of the column, in px, in any template a little less or more. */
const INDENTS: Readonly<Record<string, number>> = { li: 26, dd: 22, blockquote: 21 };
const BOX_SIDES = 38;

/**
 * Gives every image a description and keeps it inside what it stands in.
 * Outlook on Windows obeys only the `width` attribute, everything else the style sheet, which sets `.fluid` free again.
 */
export function fitImages(tree: Root): void {
  fitIn(tree, { room: COLUMN_WIDTH, isInLink: false });
}

function fitIn(parent: Root | Element, surroundings: Surroundings): void {
  const children = parent.children as ElementContent[];
  const mayFill = parent.type === 'element' && ['p', 'figure', 'a'].includes(parent.tagName);
  const isAlone = children.filter((child) => !isBlank(child)).length === 1;
  parent.children = children.flatMap((child) => {
    if (child.type !== 'element') return [child];
    if (child.tagName !== 'img') {
      fitIn(child, inside(child, surroundings));
      return [child];
    }
    child.properties['alt'] ??= '';
    if (mayFill && (isAlone || parent.tagName === 'figure')) fillRoom(child, surroundings);
    shrinkToRoom(child, surroundings);
    return withOutlookFallback(child, surroundings.isInLink) ?? [child];
  });
}

function inside(node: Element, { room, isInLink }: Surroundings): Surroundings {
  const isBox = hasClass(node, 'embed') || hasClass(node, 'callout');
  const taken = isBox ? BOX_SIDES : (INDENTS[node.tagName] ?? 0);
  return { room: Math.max(room - taken, 1), isInLink: isInLink || node.tagName === 'a' };
}

/** For an image of unknown size that has the line to itself. */
function fillRoom(image: Element, { room }: Surroundings): void {
  if (attribute(image, 'width') !== undefined) return;
  image.properties['width'] = room;
  image.properties['className'] = ['fluid'];
}

function shrinkToRoom({ properties }: Element, { room }: Surroundings): void {
  const width = Number(properties['width'] ?? 0);
  if (width <= room) return;
  properties['width'] = room;
  const height = Number(properties['height'] ?? 0);
  if (height > 0) properties['height'] = Math.max(1, Math.round((height * room) / width));
}
