import type { Element, ElementContent } from 'hast';
import { escapeHtml } from '../../../domain/escape-html.ts';
import { attribute } from '../element.ts';
import { extensionOf } from './image-format.ts';

/**
 * For an image that Outlook on Windows does not show (WebP): the image for everybody else, and its description as a link for Outlook,
 * in conditional comments. Undefined for an image that needs none. The comments are put in after sanitizing, around escaped text only.
 */
export function withOutlookFallback(image: Element, isInLink: boolean): ElementContent[] | undefined {
  const source = attribute(image, 'src') ?? '';
  if (extensionOf(source) !== 'webp') return undefined;
  const words = escapeHtml(attribute(image, 'alt') ?? '');
  const fallback = isInLink || words === '' ? words : `<a href="${escapeHtml(source)}">${words}</a>`;
  return [
    { type: 'raw', value: `<!--[if mso]>${fallback}<![endif]--><!--[if !mso]><!-->` },
    image,
    { type: 'raw', value: '<!--<![endif]-->' },
  ];
}
