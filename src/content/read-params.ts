import type { FrontMatter } from './front-matter-value.ts';

/** The scalars of a front matter as the writer typed them, by lower-case key; `params:` is looked into, as Hugo does. */
export function readParams({ fields }: FrontMatter): Readonly<Record<string, string>> {
  const params: Record<string, string> = {};
  for (const [key, { value }] of fields) {
    if (value.kind === 'scalar') params[key] = value.text;
    else if (key === 'params' && value.kind === 'map') Object.assign(params, readParams(value));
  }
  return params;
}
