import type { Scalar, Value } from './front-matter-value.ts';

/** The texts of a value that may be one or a list: `series: garden`, `series: [garden]`. Whatever is not text is passed over. */
export function scalarItems(value: Value | undefined): Scalar[] {
  if (value === undefined || value.kind === 'map') return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items
    .filter((item) => item.kind === 'scalar')
    .filter(({ value, text }) => value !== null && text.trim() !== '');
}
