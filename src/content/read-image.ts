import type { Image } from '../domain/issue.ts';
import { hasHiddenCharacters } from '../domain/mailbox.ts';
import type { Complaints } from './complaints.ts';
import { findField } from './find-field.ts';
import type { FrontMatter, Value } from './front-matter-value.ts';

/** Under which themes keep a post's picture. */
export const IMAGE_KEYS = [
  'image',
  'images',
  'heroimage',
  'cover',
  'featured_image',
  'featuredimage',
  'thumbnail',
];
const URL_KEYS = ['src', 'url', 'image', 'path', 'relative'];
const ALT_KEYS = [
  'image_alt',
  'imagealt',
  'heroimagealt',
  'cover_alt',
  'featured_image_alt',
  'thumbnail_alt',
];

/**
 * The post's picture under any name Hugo's, Jekyll's and Astro's themes give it: a path, a list of paths (the first one), or a map
 * of path and alternative text. Undefined when there is none, or with a warning when it is something else.
 */
export function readImage(data: FrontMatter, complaints: Complaints): Image | undefined {
  const field = findField(data, ...IMAGE_KEYS);
  if (field === undefined || isSwitchedOff(field.value)) return undefined;

  const image = imageIn(field.value);
  if (image === undefined || hasHiddenCharacters(image.url + image.alt)) {
    const message = `\`${field.key}\` is not the path or address of an image, so the mail goes without.`;
    complaints.warn(field.line, message, `Write it as \`${field.key}: /images/frost.jpg\`.`);
    return undefined;
  }
  return { url: image.url, alt: textOf(findField(data, ...ALT_KEYS)?.value) ?? image.alt };
}

function imageIn(value: Value): Image | undefined {
  if (value.kind === 'list') return value.items[0] && imageIn(value.items[0]);
  const url = value.kind === 'map' ? textOf(findField(value, ...URL_KEYS)?.value) : textOf(value);
  const alt = value.kind === 'map' ? textOf(findField(value, 'alt')?.value) : undefined;
  return url === undefined ? undefined : { url, alt: alt ?? '' };
}

function textOf(value: Value | undefined): string | undefined {
  if (value?.kind !== 'scalar' || typeof value.value !== 'string') return undefined;
  return value.text.trim() || undefined;
}

/** `thumbnail: false` and `images: []` are how themes are told to show none. */
function isSwitchedOff(value: Value): boolean {
  return value.kind === 'list' ? value.items.length === 0 : value.kind === 'scalar' && value.value === false;
}
