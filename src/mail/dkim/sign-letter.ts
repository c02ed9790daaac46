import type { WireBytes } from '../wire-bytes.ts';
import type { DkimSigner } from './dkim-signer.ts';

/** A message with its signatures before it. */
export const signLetter = async (message: WireBytes, signer: DkimSigner): Promise<Buffer> =>
  Buffer.concat([Buffer.from(await signer.sign(message), 'latin1'), message]);
