/** Twice the width of a mail's column: sharp on every screen. */
const SHARP_WIDTH = 1104;

interface Candidate {
  readonly address: string;
  /** In px; a `2x` counts as twice the column. */
  readonly width: number;
}

/** The address of a `srcset` that is best for mail: the smallest that is sharp, else the largest. Undefined when it names none. */
export function srcsetAddress(srcset: string): string | undefined {
  const candidates = srcset
    .split(/,\s+|,$/)
    .flatMap(candidateIn)
    .toSorted((a, b) => a.width - b.width);
  return (candidates.find(({ width }) => width >= SHARP_WIDTH) ?? candidates.at(-1))?.address;
}

function candidateIn(written: string): Candidate[] {
  const [address, descriptor = '1x'] = written.trim().split(/\s+/);
  if (address === undefined || address === '' || address.startsWith('data:')) return [];
  const [, amount = '1', unit] = /^([\d.]+)([wx])$/.exec(descriptor) ?? [];
  return [{ address, width: unit === 'w' ? Number(amount) : (Number(amount) * SHARP_WIDTH) / 2 }];
}
