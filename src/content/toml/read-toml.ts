import { parse, TomlError } from 'smol-toml';
import { NO_FRONT_MATTER, type ReadHead } from '../front-matter-value.ts';
import { explainTomlError } from './explain-toml-error.ts';
import { TOML_OPTIONS } from './toml-options.ts';
import { TomlReader } from './toml-reader.ts';

/**
 * TOML 1.0 with its lines, or the first thing that is wrong with it. Dates and times stay as typed. smol-toml judges the text but
 * tells no lines, so what it finds valid is walked through once more.
 */
export function readToml(toml: string): ReadHead {
  try {
    parse(toml, TOML_OPTIONS);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { data: NO_FRONT_MATTER, faults: [explainTomlError(error, toml)] };
  }
  return new TomlReader(toml).read();
}
