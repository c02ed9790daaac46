/** The word meant by a misspelt one, when one is near enough: one slip in a short word, two in a longer one. */
export function closestWord(typed: string, words: Iterable<string>): string | undefined {
  const allowed = typed.length < 5 ? 1 : 2;
  let best: { word: string; slips: number } | undefined;
  for (const word of words) {
    if (Math.abs(word.length - typed.length) > allowed) continue;
    const slips = slipsBetween(typed.toLowerCase(), word.toLowerCase());
    if (slips <= allowed && slips < (best?.slips ?? Infinity)) best = { word, slips };
  }
  return best?.word;
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swapped neighbours. */
function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const cost = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j++) {
      const substitution = cost(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? cost(i - 2, j - 2) + 1 : Infinity;
      rows[i]?.push(Math.min(cost(i - 1, j) + 1, cost(i, j - 1) + 1, substitution, swap));
    }
  }
  return cost(a.length, b.length);
}
