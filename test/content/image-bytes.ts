/** The beginnings of image files: as much as says how large the image is. Sizes in px. */
export function png(width: number, height: number): Buffer {
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
    uint32(width),
    uint32(height),
    Buffer.from([8, 6, 0, 0, 0, 0, 0, 0, 0]),
  ]);
}

export const gif = (width: number, height: number): Buffer =>
  Buffer.concat([Buffer.from('GIF89a'), uint16le(width), uint16le(height), Buffer.alloc(8)]);

/** `orientation` is EXIF's, 1 to 8; `padding` is what a camera puts before the size, in bytes. */
export function jpg(width: number, height: number, { orientation = 0, padding = 0 } = {}): Buffer {
  const segments = [segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'))];
  if (orientation > 0) segments.push(segment(0xe1, exif(orientation)));
  for (let left = padding; left > 0; left -= 60_000)
    segments.push(segment(0xe2, Buffer.alloc(Math.min(left, 60_000), 1)));
  const frame = Buffer.concat([Buffer.of(8), uint16be(height), uint16be(width), Buffer.alloc(10)]);
  return Buffer.concat([Buffer.of(0xff, 0xd8), ...segments, segment(0xc0, frame), Buffer.alloc(16)]);
}

export function webp(width: number, height: number): Buffer {
  const size = Buffer.concat([uint32le(width - 1).subarray(0, 3), uint32le(height - 1).subarray(0, 3)]);
  const chunk = Buffer.concat([Buffer.from('VP8X'), uint32le(10), Buffer.alloc(4), size]);
  return Buffer.concat([Buffer.from('RIFF'), uint32le(chunk.length + 4), Buffer.from('WEBP'), chunk]);
}

export function avif(width: number, height: number): Buffer {
  const ispe = box('ispe', Buffer.alloc(4), uint32(width), uint32(height));
  const meta = box('meta', Buffer.alloc(4), box('iprp', box('ipco', ispe)));
  return Buffer.concat([box('ftyp', Buffer.from('avif'), Buffer.alloc(4), Buffer.from('avifmif1')), meta]);
}

const box = (name: string, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([uint32(body.length + 8), Buffer.from(name), body]);
};

const segment = (marker: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.of(0xff, marker), uint16be(body.length + 2), body]);

/** One entry, the orientation (0x0112), in a big-endian TIFF. */
const exif = (orientation: number): Buffer =>
  Buffer.concat([
    Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01', 'latin1'),
    uint16be(orientation),
    Buffer.alloc(6),
  ]);

function uint16be(n: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(n);
  return bytes;
}

function uint16le(n: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(n);
  return bytes;
}

function uint32(n: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n);
  return bytes;
}

function uint32le(n: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n);
  return bytes;
}
