import { dkimSignature, type DkimKey } from './dkim.ts';
import type { WireBytes } from './wire-bytes.ts';

/** A message with a DKIM-Signature before it. */
export const signLetter = (message: WireBytes, key: DkimKey): Buffer =>
  Buffer.concat([Buffer.from(dkimSignature(message, key), 'latin1'), message]);
