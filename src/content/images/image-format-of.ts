import type { ImageFile } from '../../domain/image-file.ts';
import { svgStartTag } from './svg-start-tag.ts';

type Format = ImageFile['format'];

const SIGNATURES: readonly (readonly [RegExp, Format])[] = [
  [/^\x89PNG\r\n\x1a\n/, 'png'],
  [/^\xff\xd8\xff/, 'jpg'],
  [/^GIF8[79]a/, 'gif'],
  [/^RIFF[^]{4}WEBP/, 'webp'],
  [/^[^]{4}ftypavi[fs]/, 'avif'],
  [/^[^]{4}ftyp(?:hei[cx]|hev[cx]|mif1|msf1)/, 'other'],
  [/^(?:BM[^]{4}\x00{4}|II\*\x00|MM\x00\*|\x00\x00\x01\x00|\xff\x0a)/, 'other'],
];
const LONGEST_SIGNATURE = 16;

/** What an image is by its first bytes, whatever its name says: web servers and mail clients go by them, too. */
export function imageFormatOf(head: Buffer): Format | undefined {
  const beginning = head.toString('latin1', 0, LONGEST_SIGNATURE);
  const signed = SIGNATURES.find(([signature]) => signature.test(beginning))?.[1];
  if (signed !== undefined) return signed;
  return svgStartTag(head.toString('utf8')) === undefined ? undefined : 'svg';
}
