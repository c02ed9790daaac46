/** The most of these times (ms, in any order) that lie in a window of that length, wherever it begins. */
export function mostInAnyWindow(times: readonly number[], windowMs: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  let first = 0;
  sorted.forEach((time, last) => {
    while (time - (sorted[first] ?? 0) >= windowMs) first++;
    most = Math.max(most, last - first + 1);
  });
  return most;
}
