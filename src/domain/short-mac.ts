import { hash } from 'node:crypto';

/** Text → the first 16 bytes of its HMAC-SHA256, in base64url (22 characters). */
export type ShortMac = (text: string) => string;

const MAC_BYTES = 16;
const BLOCK = 64;
const DIGEST = 32;
const INNER = 0x36;
const OUTER = 0x5c;
/** Longer texts are hashed as well, only not in memory that lies ready. */
const ROOM = 512;

/**
 * HMAC (RFC 2104 §2) as two whole hashes over memory that has the key in it already: every mail takes three, and Node's own
 * costs two and a half times as much for texts this short. Throws on a key that is longer than a block.
 */
export function shortMac(key: Buffer): ShortMac {
  if (key.length > BLOCK) throw new Error(`A key of ${key.length} bytes is longer than a block of SHA-256.`);
  const inner = padded(key, INNER, ROOM);
  const outer = padded(key, OUTER, DIGEST);
  const digest = Buffer.alloc(DIGEST);
  return (text) => {
    outer.write(hash('sha256', keyed(inner, text), 'binary'), BLOCK, 'latin1');
    digest.write(hash('sha256', outer, 'binary'), 'latin1');
    return digest.toString('base64url', 0, MAC_BYTES);
  };
}

function padded(key: Buffer, pad: number, room: number): Buffer {
  const block = Buffer.alloc(BLOCK + room, pad);
  for (const [index, byte] of key.entries()) block[index] = byte ^ pad;
  return block;
}

function keyed(inner: Buffer, text: string): Buffer {
  // No character of a string takes more than three bytes.
  if (text.length * 3 <= ROOM) return inner.subarray(0, BLOCK + inner.write(text, BLOCK));
  return Buffer.concat([inner.subarray(0, BLOCK), Buffer.from(text)]);
}
