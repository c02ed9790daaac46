import type { Complaints } from './complaints.ts';
import type { Field } from './front-matter-value.ts';

/** `true` or `false`, also in quotes; undefined when absent, or with a complaint when it is anything else. */
export function readFlag(field: Field | undefined, complaints: Complaints): boolean | undefined {
  if (field === undefined) return undefined;
  const text = field.value.kind === 'scalar' ? field.value.text.trim().toLowerCase() : '';
  if (text === 'true' || text === 'false') return text === 'true';
  complaints.error(field.line, `\`${field.key}\` must be \`true\` or \`false\`.`);
  return undefined;
}
