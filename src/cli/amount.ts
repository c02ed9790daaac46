let grouped: Intl.NumberFormat | undefined;

/** `1,234,567`. */
export function amount(n: number): string {
  // Small counts have no groups, and no need for a formatter that takes longer to make than they to print.
  if (Number.isInteger(n) && Math.abs(n) < 1_000) return String(n);
  grouped ??= new Intl.NumberFormat('en-US');
  return grouped.format(n);
}

/** `1 reader`, `1,234 readers`. */
export const amountOf = (n: number, noun: string): string => `${amount(n)} ${noun}${n === 1 ? '' : 's'}`;
