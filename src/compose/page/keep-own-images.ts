import type { Element, ElementContent, Root } from 'hast';
import { attribute, element, hasClass, isBlank, isElement, text } from '../article/element.ts';
import { imageLabelFrom, type Words } from '../words.ts';

/**
 * Leaves the images of the blog, and makes links of all others: a page that fetches them would tell another site who reads it. In an embed,
 * whose link stands below in words as well, the picture goes.
 */
export function keepOwnImages(tree: Root, siteUrl: string | undefined, words: Words): void {
  const origin = siteUrl === undefined ? undefined : new URL(siteUrl).origin;
  rewriteIn(tree, {
    imageLabel: imageLabelFrom(words),
    isOwn: (url) => originOf(url) === origin && origin !== undefined,
  });
}

interface ImageRules {
  readonly imageLabel: (alt: string) => string;
  readonly isOwn: (url: string) => boolean;
}

interface Around {
  readonly isInLink?: boolean;
  readonly isInEmbed?: boolean;
}

const originOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).origin : undefined);

function rewriteIn(parent: Root | Element, rules: ImageRules, around: Around = {}): void {
  parent.children = (parent.children as ElementContent[]).flatMap((child) => {
    if (child.type !== 'element') return [child];
    if (child.tagName === 'img') return placed(child, rules, around);
    const hadImages = holdsImage(child);
    rewriteIn(child, rules, {
      isInLink: around.isInLink === true || child.tagName === 'a',
      isInEmbed: around.isInEmbed === true || hasClass(child, 'embed'),
    });
    // A paragraph or a link that held nothing but what went.
    return hadImages && child.children.every(isBlank) ? [] : [child];
  });
}

const holdsImage = (node: Element): boolean =>
  node.children.some((child) => child.type === 'element' && (isElement(child, 'img') || holdsImage(child)));

function placed(image: Element, { imageLabel, isOwn }: ImageRules, around: Around): ElementContent[] {
  const src = attribute(image, 'src') ?? '';
  const alt = attribute(image, 'alt') ?? '';
  if (isOwn(src)) return [image];
  if (around.isInEmbed === true && around.isInLink === true) return [];
  if (around.isInLink === true) return [text(imageLabel(alt))];
  return alt === '' ? [] : [element('a', { href: src, className: ['image-link'] }, [text(imageLabel(alt))])];
}
