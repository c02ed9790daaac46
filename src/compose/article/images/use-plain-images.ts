import type { Element, ElementContent, Root } from 'hast';
import { visit } from 'unist-util-visit';
import { attribute, isBlank, isElement } from '../element.ts';
import { rewriteElements } from '../rewrite-elements.ts';
import { mailRank } from './image-format.ts';
import { srcsetAddress } from './srcset-address.ts';

/** Where scripts that load images late keep the address. */
const LATE_SOURCES = ['dataSrc', 'dataOriginal', 'dataLazySrc', 'dataLazy', 'dataActualsrc', 'dataEcho'];

/** Makes one `<img src>` of every image that a browser would choose or a script would load later. */
export function usePlainImages(tree: Root): void {
  visit(tree, 'element', (node) => {
    node.children = withoutPlaceholders(node.children);
  });
  tree.children = withoutPlaceholders(tree.children as ElementContent[]);

  rewriteElements(tree, (node) => {
    if (node.tagName === 'picture') return pictureOf(node);
    if (node.tagName === 'img') settleSource(node, addressesOf(node));
    return undefined;
  });
}

// `<img data-src="x.jpg"><noscript><img src="x.jpg"></noscript>` is one image twice, the second one the real one.
function withoutPlaceholders(children: readonly ElementContent[]): ElementContent[] {
  if (!children.some(holdsImage)) return [...children];
  const visible = children.filter((child) => !isBlank(child));
  return visible.flatMap((child, index) => {
    const next = visible[index + 1];
    if (next !== undefined && isLateImage(child) && holdsImage(next)) return [];
    return holdsImage(child) ? child.children : [child];
  });
}

const holdsImage = (node: ElementContent): node is Element =>
  isElement(node, 'noscript') && node.children.some((child) => isElement(child, 'img'));

const isLateImage = (node: ElementContent): boolean =>
  isElement(node, 'img') &&
  (lateSource(node) !== undefined || /lazy/.test(String(node.properties['className'])));

const lateSource = (node: Element): string | undefined =>
  LATE_SOURCES.map((name) => attribute(node, name)).find(
    (address) => address !== undefined && address !== '',
  );

/** The addresses an element offers, in the writer's order. */
function addressesOf(node: Element): string[] {
  const sets = ['dataSrcset', 'srcSet'].map((name) => srcsetAddress(attribute(node, name) ?? ''));
  const source = attribute(node, 'src');
  return [lateSource(node), source, ...sets].filter(
    (address) => address !== undefined && address !== '',
  ) as string[];
}

function settleSource(image: Element, addresses: readonly string[]): void {
  const best = addresses.toSorted((a, b) => rankOf(a) - rankOf(b))[0];
  if (best !== undefined) image.properties['src'] = best;
}

const rankOf = (address: string): number => (address.startsWith('data:') ? 3 : mailRank(address));

function pictureOf(picture: Element): ElementContent[] {
  const image = picture.children.find((child) => isElement(child, 'img'));
  if (image === undefined) return picture.children;
  const sources = picture.children.filter(
    (child): child is Element => isElement(child, 'source') && !/dark/.test(attribute(child, 'media') ?? ''),
  );
  settleSource(image, [...addressesOf(image), ...sources.flatMap(addressesOf)]);
  return [image];
}
