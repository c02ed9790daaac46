import type { ImageFile } from '../../../domain/image-file.ts';

const SHOWN_BY_ALL = new Set<ImageFile['format']>(['png', 'jpg', 'gif']);
/** Gmail, Outlook or both show none of these. */
const UNMAILABLE = new Set('svg svgz avif heic heif jxl jp2 tif tiff'.split(' '));
const IMAGES = new Set([...UNMAILABLE, ...'png jpg jpeg jpe jfif gif webp apng bmp ico'.split(' ')]);
const REPLACEMENTS = ['png', 'jpg', 'jpeg', 'gif'];

/** The extension of an address, lower-cased and without what follows `?` or `#`; '' when it has none. */
export const extensionOf = (address: string): string =>
  /\.([a-z0-9]+)$/i.exec(address.replace(/[?#].*$/s, ''))?.[1]?.toLowerCase() ?? '';

export const hasImageExtension = (address: string): boolean => IMAGES.has(extensionOf(address));

/** The name of a format that many mail clients do not show, for messages: `SVG`; undefined when mail can have the image. */
export function unmailableFormat(address: string, file?: ImageFile): string | undefined {
  if (file !== undefined && (SHOWN_BY_ALL.has(file.format) || file.format === 'webp')) return undefined;
  if (file?.format === 'svg' || file?.format === 'avif') return file.format.toUpperCase();
  const extension = extensionOf(address);
  return UNMAILABLE.has(extension) ? extension.toUpperCase() : undefined;
}

/** How well mail clients show an image, 0 = everywhere. An address without an extension is taken to be an ordinary one. */
export function mailRank(address: string): number {
  if (unmailableFormat(address) !== undefined) return 2;
  return extensionOf(address) === 'webp' ? 1 : 0;
}

/** Where the same image may lie in a format that every mail client shows; none for an image that already has one. */
export function replacementsOf(address: string): string[] {
  if (mailRank(address) === 0) return [];
  const path = address.replace(/[?#].*$/s, '');
  const stem = path.slice(0, -extensionOf(path).length);
  return REPLACEMENTS.map((extension) => stem + extension);
}
