import { parse, TomlError } from 'smol-toml';
import type { Fault } from '../complaints.ts';
import { alreadyGiven } from '../fault-of-key.ts';
import type { Field, Value } from '../front-matter-value.ts';
import { TOML_OPTIONS } from './toml-options.ts';
import { TomlCursor } from './toml-cursor.ts';
import { TomlReader, type Place } from './toml-reader.ts';

/** The fault of a line whose key or table was given before, and where: what stands above the line is read to find that out. */
export function repeatedKey(toml: string, line: number): Fault {
  const lines = toml.split('\n');
  const above = `${lines.slice(0, line - 1).join('\n')}\n`;
  const cursor = new TomlCursor(lines[line - 1] ?? '');
  cursor.passVoid();
  const isTable = cursor.accepts('[');
  if (isTable) cursor.accepts('[');

  const path = cursor.takePath();
  const reader = isValid(above) ? new TomlReader(above) : undefined;
  reader?.read();
  const earlier = reader && lastOn(path, isTable ? reader.top : reader.table);
  if (earlier !== undefined) return alreadyGiven(earlier.key, line, ` on line ${earlier.line}`);
  return alreadyGiven(path.join('.'), line);
}

/** Not when the line stands inside a value. */
function isValid(toml: string): boolean {
  try {
    parse(toml, TOML_OPTIONS);
    return true;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return false;
  }
}

function lastOn(path: readonly string[], { map }: Place): Field | undefined {
  let last: Field | undefined;
  let here: Place['map'] | undefined = map;
  for (const name of path) {
    const field: Field | undefined = here?.fields.get(name.toLowerCase());
    if (field === undefined) break;
    last = field;
    const table: Value | undefined = field.value.kind === 'list' ? field.value.items.at(-1) : field.value;
    here = table?.kind === 'map' ? (table as Place['map']) : undefined;
  }
  return last;
}
