const grouped = new Intl.NumberFormat('en-US');

/** `1,234,567`. */
export const amount = (n: number): string => grouped.format(n);

/** `1 reader`, `1,234 readers`. */
export const amountOf = (n: number, noun: string): string => `${amount(n)} ${noun}${n === 1 ? '' : 's'}`;
