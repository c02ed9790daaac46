import { createHash } from 'node:crypto';

const LONGEST = 16;

/**
 * Whether a proof of work holds: the SHA-256 of `stamp`, `address` and `proof`, a line feed between each, begins with that many zero
 * bits. Bound to the address, so that a solved stamp is good for one. `proof.js` finds it.
 */
export function isProof(stamp: string, address: string, proof: string, bits: number): boolean {
  if (proof === '' || proof.length > LONGEST) return false;
  const digest = createHash('sha256').update(`${stamp}\n${address}\n${proof}`).digest();
  return leadingZeroBits(digest) >= bits;
}

function leadingZeroBits(digest: Uint8Array): number {
  const first = digest.findIndex((byte) => byte !== 0);
  if (first < 0) return digest.length * 8;
  return first * 8 + Math.clz32(digest[first] ?? 0) - 24;
}
