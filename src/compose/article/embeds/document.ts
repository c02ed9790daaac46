import type { Element, ElementContent } from 'hast';
import { attribute, isBlank, isElement } from '../element.ts';
import { decoded } from '../decoded.ts';
import { hasImageExtension } from '../images/image-format.ts';
import { linkCard, openOn } from './embed-card.ts';
import { webAddress, type EmbedContext } from './embed-context.ts';
import { embedTitle } from './embed-title.ts';
import { frame } from './player.ts';
import { unmailable } from './unmailable.ts';
import { youTubeVideo } from './youtube-video.ts';

/** What a writer put into an `<object>` for browsers that cannot show it. */
export const fallbackIn = (node: Element): ElementContent[] =>
  node.children.filter((child) => !isBlank(child) && !isElement(child, 'param'));

/** `<object>` and `<embed>`: a PDF or the like → a link to the file. */
export function embeddedDocument(node: Element, context: EmbedContext): ElementContent[] {
  const written = attribute(node, 'data') ?? attribute(node, 'src');
  const address = webAddress(written, context.place);
  const type = attribute(node, 'type') ?? '';
  if (address === undefined || written === undefined) return unmailable(node, context);
  if (hasImageExtension(written) || type.startsWith('image/')) return [imageOf(node, written)];
  if (youTubeVideo(address) !== undefined)
    return frame({ ...node, properties: { ...node.properties, src: address } }, context);
  if (/\.swf(?:$|[?#])/i.test(address) || type.includes('flash')) return unmailable(node, context);
  const title = embedTitle(node) ?? fileName(address);
  return [linkCard({ href: address, words: openOn(context.words.openOn, address), title })];
}

function imageOf({ position, properties }: Element, src: string): Element {
  const { title, ariaLabel, width, height } = properties;
  const alt = title ?? ariaLabel;
  return {
    type: 'element',
    tagName: 'img',
    properties: { src, width, height, ...(alt === undefined ? {} : { alt }) },
    children: [],
    ...(position === undefined ? {} : { position }),
  };
}

const fileName = (address: string): string | undefined =>
  decoded(new URL(address).pathname.split('/').at(-1) ?? '') || undefined;
