import type { Slab } from '../slab.ts';
import type { WireBytes } from '../wire-bytes.ts';
import type { DkimSigner } from './dkim-signer.ts';

/**
 * A message with its signatures before it, in one slab. `write` leaves so many bytes free before the message that the
 * signatures fit there and nothing has to be moved. The slab must stay the message's own until the promise is settled.
 */
export function signInSlab(
  slab: Slab,
  signer: DkimSigner,
  write: (room: number) => WireBytes,
): WireBytes | Promise<WireBytes> {
  const { room } = signer;
  const message = write(room);
  const target = slab.reserve(room + message.length);
  const put = (fields: string): WireBytes => {
    const start = room - fields.length;
    if (start < 0) throw new Error(`A signature has ${fields.length} bytes where ${room} are kept for it.`);
    target.write(fields, start, 'latin1');
    return target.subarray(start, room + message.length) as WireBytes;
  };
  const fields = signer.sign(message);
  return typeof fields === 'string' ? put(fields) : fields.then(put);
}
