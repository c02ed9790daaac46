import { randomInt } from 'node:crypto';

/** Whether a payload is tried in a carrier this time. */
export interface DrawnPart {
  /** How to draw it again. */
  readonly name: string;
  readonly isIn: (payload: number, carrier: number) => boolean;
}

const PARTS = 6;

/**
 * A sixth of all pairs of payload and carrier, another one each run: every payload is tried in a sixth of the carriers, every
 * carrier with a sixth of the payloads, and the six parts are the whole. `HOSTILE_PART=0` … `5` repeats one, `all` tries everything.
 */
export function drawPart(asked = process.env['HOSTILE_PART']): DrawnPart {
  if (asked === 'all') return { name: 'HOSTILE_PART=all', isIn: () => true };
  const part = asked === undefined ? randomInt(PARTS) : Number(asked || Number.NaN);
  if (!Number.isInteger(part) || part < 0 || part >= PARTS)
    throw new Error(`HOSTILE_PART is "${asked}". Give 0 to ${PARTS - 1}, or all.`);
  return { name: `HOSTILE_PART=${part}`, isIn: (payload, carrier) => (payload + carrier) % PARTS === part };
}
