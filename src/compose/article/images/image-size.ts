import type { Element } from 'hast';
import type { ImageFile } from '../../../domain/image-file.ts';
import { attribute } from '../element.ts';

/** The width of the text column in px: the mail is 600 wide and has 24 on each side. */
export const COLUMN_WIDTH = 552;

/** In px. */
export interface ImageSize {
  readonly width?: number;
  readonly height?: number;
}

/** How large an image is to be shown: as the writer says, else as the file is (half of it for `x@2x.png`), inside the column. */
export function shownSize(address: string, written: ImageSize, file: ImageFile | undefined): ImageSize {
  const density = Number(/@([23])x\.\w+$/.exec(address.replace(/[?#].*$/s, ''))?.[1] ?? 1);
  const ratio = file?.width && file.height ? file.height / file.width : undefined;
  const fromHeight = ratio !== undefined && written.height !== undefined ? written.height / ratio : undefined;
  const width = written.width ?? fromHeight ?? (file?.width === undefined ? undefined : file.width / density);
  if (width === undefined) return {};

  const height =
    ratio === undefined ? (written.width === undefined ? undefined : written.height) : width * ratio;
  const scale = Math.min(1, COLUMN_WIDTH / width);
  return { width: whole(width * scale), ...(height === undefined ? {} : { height: whole(height * scale) }) };
}

const whole = (pixels: number): number => Math.max(1, Math.round(pixels));

/** The size a writer gave an image by `width`, `height` or their like in `style`; percentages are of the column. */
export function writtenSize(image: Element): ImageSize {
  const style = attribute(image, 'style') ?? '';
  const width = pixelsOf(attribute(image, 'width')) ?? pixelsOf(declared(style, 'width'));
  const height =
    pixelsOf(attribute(image, 'height'), NO_PERCENT) ?? pixelsOf(declared(style, 'height'), NO_PERCENT);
  return { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
}

const NO_PERCENT = 0;

const declared = (style: string, property: 'width' | 'height'): string | undefined =>
  new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;!]+)`, 'i').exec(style)?.[1];

function pixelsOf(written: string | undefined, whole = COLUMN_WIDTH): number | undefined {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*(px|%)?\s*$/i.exec(written ?? '') ?? [];
  const pixels = unit === '%' ? (Number(amount) / 100) * whole : Number(amount);
  return pixels > 0 ? pixels : undefined;
}
