import { randomInt } from 'node:crypto';

/** Whether a payload is tried in a carrier this time. */
export interface DrawnPart {
  /** How to draw it again. */
  readonly name: string;
  readonly isIn: (payload: number, carrier: number) => boolean;
}

/**
 * A sixth, or one of `parts`, of all pairs of payload and carrier, another one each run: every payload is tried in so many of the carriers,
 * every carrier with so many of the payloads, and the parts are the whole. `HOSTILE_PART=0`, `1`, … repeats one, `all` tries everything.
 */
export function drawPart(parts = 6, asked = process.env['HOSTILE_PART']): DrawnPart {
  if (asked === 'all') return { name: 'HOSTILE_PART=all', isIn: () => true };
  const part = asked === undefined ? randomInt(parts) : Number(asked || Number.NaN);
  if (!Number.isInteger(part) || part < 0 || part >= parts)
    throw new Error(`HOSTILE_PART is "${asked}". Give 0 to ${parts - 1}, or all.`);
  return { name: `HOSTILE_PART=${part}`, isIn: (payload, carrier) => (payload + carrier) % parts === part };
}
