import { extname } from 'node:path';
import type { ImageFile } from '../../domain/image-file.ts';

const FORMATS: Readonly<Record<string, ImageFile['format']>> = {
  '.png': 'png',
  '.apng': 'png',
  '.jpg': 'jpg',
  '.jpeg': 'jpg',
  '.jpe': 'jpg',
  '.jfif': 'jpg',
  '.gif': 'gif',
  '.webp': 'webp',
  '.svg': 'svg',
  '.avif': 'avif',
  '.bmp': 'other',
  '.heic': 'other',
  '.heif': 'other',
  '.ico': 'other',
  '.jxl': 'other',
  '.tif': 'other',
  '.tiff': 'other',
};

/** The format that a path promises; undefined when it is not an image's. */
export const promisedFormat = (path: string): ImageFile['format'] | undefined =>
  FORMATS[extname(path).toLowerCase()];

export const hasImageExtension = (path: string): boolean => promisedFormat(path) !== undefined;
