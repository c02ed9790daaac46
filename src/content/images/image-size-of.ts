import { imageSize } from 'image-size';
import type { ImageFile } from '../../domain/image-file.ts';
import { svgSizeOf } from './svg-size-of.ts';

type Size = Pick<ImageFile, 'width' | 'height'>;

const FIRST_TURNED = 5;
const LAST_TURNED = 8;
const LARGEST = 100_000;

/** How large an image is to be seen, from its first bytes; nothing when they do not say, or are damaged. */
export function imageSizeOf(head: Buffer, format: ImageFile['format']): Size {
  if (format === 'other') return {};
  const size = format === 'svg' ? svgSizeOf(head.toString('utf8')) : bitmapSize(head);
  return size !== undefined && isSize(size.width) && isSize(size.height) ? size : {};
}

function bitmapSize(head: Buffer): Required<Size> | undefined {
  const measured = measure(head);
  if (measured === undefined) return undefined;
  const { width, height, orientation = 1 } = measured;
  // EXIF 5 to 8: the camera was held upright, and viewers turn the picture by a quarter.
  const isTurned = orientation >= FIRST_TURNED && orientation <= LAST_TURNED;
  return isTurned ? { width: height, height: width } : { width, height };
}

function measure(head: Buffer): ReturnType<typeof imageSize> | undefined {
  try {
    return imageSize(head);
  } catch {
    // It throws whatever it stumbles over in a damaged file.
    return undefined;
  }
}

const isSize = (pixels: number | undefined): boolean =>
  pixels !== undefined && Number.isInteger(pixels) && pixels > 0 && pixels <= LARGEST;
