import { parse, TomlError, type TomlValue } from 'smol-toml';
import type { Scalar } from '../front-matter-value.ts';
import { TOML_OPTIONS } from './toml-options.ts';

const DAY = String.raw`\d{4}-\d\d-\d\d`;
const TIME = String.raw`\d\d:\d\d(?::\d\d(?:\.\d+)?)?`;
const DATE_OR_TIME = new RegExp(`^(?:${DAY}|${TIME}|${DAY}[T ]${TIME}(?:Z|[+-]\\d\\d:\\d\\d)?)$`, 'i');

/**
 * The value of a TOML string, number, boolean, date or time; undefined for dates with other signs in them, which smol-toml lets pass.
 * Dates and times stay the text they are, as in YAML.
 */
export function tomlScalar(typed: string, line: number): Scalar | undefined {
  const value = valueOf(typed);
  if (typeof value === 'string') return { kind: 'scalar', value, text: value, line };
  if (typeof value === 'boolean') return { kind: 'scalar', value, text: typed, line };
  if (typeof value === 'number' || typeof value === 'bigint')
    return { kind: 'scalar', value: Number(value), text: typed, line };
  return DATE_OR_TIME.test(typed) ? { kind: 'scalar', value: typed, text: typed, line } : undefined;
}

/** The name that one part of a valid TOML key stands for. */
export const tomlKey = (typed: string): string =>
  /^["']/.test(typed) ? (Object.keys(parse(`${typed} = 0`))[0] ?? '') : typed;

function valueOf(typed: string): TomlValue | undefined {
  try {
    return parse(`value = ${typed}`, TOML_OPTIONS)['value'];
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return undefined;
  }
}
