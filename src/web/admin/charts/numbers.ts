import type { Locale } from '../../../domain/locale.ts';

/** `1,234,567`: every digit, where somebody may want to add up. */
export const numberWords = (n: number, locale: Locale): string => formatOf(locale).format(n);

/** `1.2M`, `120萬`: for axes, where there is little room. */
export const shortNumber = (n: number, locale: Locale): string =>
  formatOf(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(n);

/** `93%`; what is not all is never rounded up to it, and what is not nothing never down. */
export function percentWords(part: number, whole: number, locale: Locale): string {
  const share = whole === 0 ? 0 : part / whole;
  const shown = part > 0 && part < whole ? Math.min(0.99, Math.max(0.01, share)) : share;
  return formatOf(locale, { style: 'percent', maximumFractionDigits: 0 }).format(shown);
}

/** `3 min`, `40 ms`. */
export const amountWords = (n: number, unit: string, locale: Locale, digits = 0): string =>
  formatOf(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }).format(n);

// Making one takes as long as a hundred numbers.
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: Locale, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(locale, options);
  formats.set(key, known);
  return known;
}
