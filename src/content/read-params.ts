import type { FieldMap, FrontMatter } from './front-matter-value.ts';

/**
 * The scalars of a front matter as the writer typed them, by lower-case key, those in maps by their path (`cover.alt`). What stands
 * under `params:` counts as if it stood outside, and wins, as in Hugo.
 */
export function readParams(data: FrontMatter): Readonly<Record<string, string>> {
  const params = data.fields.get('params')?.value;
  return { ...scalarsIn(data), ...(params?.kind === 'map' ? scalarsIn(params) : {}) };
}

function scalarsIn({ fields }: FieldMap, path = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, { value }] of fields) {
    if (value.kind === 'scalar') found[path + key] = value.value === null ? '' : value.text;
    else if (value.kind === 'map') Object.assign(found, scalarsIn(value, `${path}${key}.`));
  }
  return found;
}
