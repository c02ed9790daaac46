import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageFormatOf } from '../../src/content/images/image-format-of.ts';
import { imageSizeOf } from '../../src/content/images/image-size-of.ts';
import { avif, gif, jpg, png, webp } from './image-bytes.ts';
import { propertyRuns } from '../support/property-runs.ts';

const WHOLE = [
  png(3, 2),
  gif(3, 2),
  jpg(3, 2, { orientation: 6, padding: 50 }),
  webp(3, 2),
  avif(3, 2),
  Buffer.from('<?xml version="1.0"?><!-- a --><svg width="3" height="2" viewBox="0 0 3 2">'),
];
const damaged = fc
  .tuple(
    fc.constantFrom(...WHOLE),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 0x20, 0x22, 0x3c, 0x7f, 0xff)), { maxLength: 6 }),
    fc.nat(),
    fc.uint8Array({ maxLength: 40 }),
  )
  .map(([whole, changes, end, more]) => {
    const bytes = Buffer.from(whole);
    for (const [at, value] of changes) bytes[at % bytes.length] = value;
    return Buffer.concat([bytes.subarray(0, 1 + (end % bytes.length)), more]);
  });

test('a damaged image has a size that can be, or none', () => {
  const property = fc.property(damaged, (bytes) => {
    const format = imageFormatOf(bytes) ?? 'png';
    const size = imageSizeOf(bytes, format);
    expect(Object.keys(size).length).not.toBe(1);
    for (const pixels of Object.values(size))
      expect(pixels).toSatisfy((n: number) => Number.isInteger(n) && n > 0);
  });
  fc.assert(property, propertyRuns(5_000));
});

const LONGEST_HEAD = 512 * 1024;
const OPENINGS: readonly (readonly [string, string, string])[] = [
  ['an empty PNG', '\x89PNG\r\n\x1a\n', '\0'],
  ['a JPEG of nothing', '\xff\xd8\xff\xe0', '\0'],
  ['a JPEG of ones', '\xff\xd8\xff\xe0', '\x01'],
  ['a JPEG of markers', '\xff\xd8', '\xff'],
  ['a JPEG of empty segments', '\xff\xd8', '\xff\xe1\0\x02'],
  ['a JPEG of EXIF', '\xff\xd8', '\xff\xe1\0\x0aExif\0\0MM'],
  ['a GIF', 'GIF89a', '\xff'],
  ['a WebP', 'RIFF\0\0\0\0WEBPVP8X', '\xff'],
  ['an AVIF of empty boxes', '\0\0\0\x10ftypavif\0\0\0\0', '\0\0\0\0meta'],
  ['an AVIF of small boxes', '\0\0\0\x10ftypavif\0\0\0\0', '\0\0\0\x08ispe'],
  [
    'an AVIF of sizes',
    '\0\0\0\x10ftypavif\0\0\0\0\0\x0f\xff\xffmeta\0\0\0\0\0\x0f\xff\xffiprp\0\x0f\xff\xffipco',
    '\0\0\0\x14ispe\0\0\0\0\0\0\0\x01\0\0\0\x01',
  ],
  ['an SVG of tags', '<svg ', '<svg '],
  ['an SVG of quotes', '<svg ', '"'],
  ['an SVG of attributes', '<svg ', 'a="" '],
  ['an SVG of comments', '', '<!---->'],
  ['an SVG of open comments', '<!-- -->', '<!--'],
  ['an SVG of declarations', '', '<!doctype svg [ ]>'],
  ['an SVG of blanks', '<svg', ' '],
  ['an SVG with a long box', '<svg viewBox="', '0 '],
  ['an SVG with a long length', '<svg width="', '1'],
];

test.each(OPENINGS)('%s, half a megabyte long, holds nobody up', (_, opening, more) => {
  const bytes = Buffer.from(opening + more.repeat(LONGEST_HEAD / more.length), 'latin1');
  const format = imageFormatOf(bytes);
  expect(imageSizeOf(bytes, format ?? 'other')).toBeTypeOf('object');
});
