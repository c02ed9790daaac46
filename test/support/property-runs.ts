/**
 * How often a property is tried: a sixth of its full number, with other values each run; `HOSTILE_PART=all` tries all of it, as in
 * test/compose/hostile/drawn-part.ts. A failure names the seed to give to `fc.assert`.
 */
export function propertyRuns(
  full: number,
  asked = process.env['HOSTILE_PART'],
): { readonly numRuns: number } {
  return { numRuns: asked === 'all' ? full : Math.ceil(full / PARTS) };
}

const PARTS = 6;
