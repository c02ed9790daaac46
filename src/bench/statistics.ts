/** The middle one of them, or the mean of the two in the middle. Throws when there is none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [below, above] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (below === undefined || above === undefined) throw new RangeError('No numbers, no median.');
  return (below + above) / 2;
}

/** Round by round: what is compared was measured next to each other, on the same moods of the machine. */
export function ratios(numerators: readonly number[], denominators: readonly number[]): number[] {
  if (numerators.length !== denominators.length) throw new RangeError('Rounds are missing on one side.');
  return numerators.map((numerator, round) => numerator / (denominators[round] ?? NaN));
}
