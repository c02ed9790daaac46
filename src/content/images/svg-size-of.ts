import type { ImageFile } from '../../domain/image-file.ts';
import { svgStartTag } from './svg-start-tag.ts';

const ATTRIBUTE = /\s([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const LENGTH = /^\s*\+?(\d+(?:\.\d*)?|\.\d+)(?:e([+-]?\d{1,2}))?\s*(px|in|cm|mm|q|pt|pc|em|rem|ex)?\s*$/i;
/** Of one unit in px (CSS Values 4); em is taken as browsers do without a style sheet. */
const PIXELS: Readonly<Record<string, number>> = {
  px: 1,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  pt: 96 / 72,
  pc: 16,
  em: 16,
  rem: 16,
  ex: 8,
};

/**
 * The size of an SVG in px: its `width` and `height`; what is missing or a percentage comes from the `viewBox` and its proportions.
 * Undefined when neither says.
 */
export function svgSizeOf(svg: string): Required<Pick<ImageFile, 'width' | 'height'>> | undefined {
  const attributes = new Map(
    [...(svgStartTag(svg) ?? '').matchAll(ATTRIBUTE)].map(([, name = '', a, b]) => [name, a ?? b ?? '']),
  );
  const width = pixelsOf(attributes.get('width'));
  const height = pixelsOf(attributes.get('height'));
  if (width !== undefined && height !== undefined) return whole(width, height);

  const [boxWidth = 0, boxHeight = 0] = viewBoxOf(attributes.get('viewBox'));
  if (!(boxWidth > 0 && boxHeight > 0)) return undefined;
  if (width !== undefined) return whole(width, (width * boxHeight) / boxWidth);
  if (height !== undefined) return whole((height * boxWidth) / boxHeight, height);
  return whole(boxWidth, boxHeight);
}

function pixelsOf(length: string | undefined): number | undefined {
  const [, amount, exponent = '0', unit = 'px'] = LENGTH.exec(length ?? '') ?? [];
  const pixels = Number(`${amount}e${exponent}`) * (PIXELS[unit.toLowerCase()] ?? NaN);
  return pixels > 0 ? pixels : undefined;
}

function viewBoxOf(box: string | undefined): readonly (number | undefined)[] {
  const [, , width, height, ...more] = (box ?? '')
    .trim()
    .split(/\s*,\s*|\s+/)
    .map(Number);
  return more.length > 0 ? [] : [width, height];
}

const whole = (width: number, height: number): { width: number; height: number } => ({
  width: Math.max(1, Math.round(width)),
  height: Math.max(1, Math.round(height)),
});
