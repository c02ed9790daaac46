import type { Fault } from './complaints.ts';
import type { FieldMap } from './front-matter-value.ts';

const REFUSED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Why a map takes no field of this name: it stands there already (in any case), or it reaches into JavaScript's prototypes.
 * Undefined when it may be added.
 */
export function faultOfKey(name: string, line: number, { fields }: FieldMap): Fault | undefined {
  if (REFUSED_KEYS.has(name.toLowerCase())) {
    return { line, message: `The key \`${name}\` is refused.`, fix: 'Rename it.' };
  }
  const earlier = fields.get(name.toLowerCase());
  if (earlier === undefined) return undefined;
  const otherCase = earlier.key === name ? '' : ` (as \`${earlier.key}\`: capitals make no difference)`;
  return alreadyGiven(name, line, ` on line ${earlier.line}${otherCase}`);
}

export const alreadyGiven = (name: string, line: number, where = ''): Fault => ({
  line,
  message: `\`${name}\` is already given${where}.`,
  fix: 'Keep one of the two.',
});
