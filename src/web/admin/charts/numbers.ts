import type { Locale } from '../../../domain/locale.ts';

/** `1,234,567`: every digit, where somebody may want to add up. */
export const numberWords = (n: number, locale: Locale): string => formatOf(locale, 'standard').format(n);

/** `1.2M`, `120萬`: for axes, where there is little room. */
export const shortNumber = (n: number, locale: Locale): string => formatOf(locale, 'compact').format(n);

/** `93%`; what is not all is never rounded up to it, and what is not nothing never down. */
export function percentWords(part: number, whole: number, locale: Locale): string {
  const share = whole === 0 ? 0 : part / whole;
  const shown = part > 0 && part < whole ? Math.min(0.99, Math.max(0.01, share)) : share;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(shown);
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: Locale, notation: 'standard' | 'compact'): Intl.NumberFormat {
  const key = `${locale} ${notation}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locale, { notation, maximumFractionDigits: 1 });
  formats.set(key, format);
  return format;
}
