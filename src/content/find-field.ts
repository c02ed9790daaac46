import type { Field, FieldMap } from './front-matter-value.ts';

/**
 * The first of these keys that has a value. `names` are lower-case: keys are found in any case, as in Hugo. A key with nothing
 * behind it (`image:`) counts as absent.
 */
export function findField(map: FieldMap, ...names: readonly string[]): Field | undefined {
  for (const name of names) {
    const field = map.fields.get(name);
    if (field !== undefined && !isEmpty(field)) return field;
  }
  return undefined;
}

function isEmpty({ value }: Field): boolean {
  return value.kind === 'scalar' && (value.value === null || value.text.trim() === '');
}
