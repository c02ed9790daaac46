import { DEEPEST, tooDeep } from '../check-head-limits.ts';
import type { Fault } from '../complaints.ts';
import { faultOfKey } from '../fault-of-key.ts';
import {
  openMap,
  type FieldMap,
  type List,
  type OpenMap,
  type ReadHead,
  type Scalar,
  type Value,
} from '../front-matter-value.ts';
import { BAD_DATE, NO_KEY, notToml } from './not-toml.ts';
import { TomlCursor } from './toml-cursor.ts';
import { tomlScalar } from './toml-scalar.ts';

/** A table that keys stand in, and how deep it lies: the root is at 1. */
export interface Place {
  readonly map: OpenMap;
  readonly depth: number;
}

/** Reads TOML that is known to be valid into values with their lines. */
export class TomlReader {
  readonly top: Place = { map: openMap(1), depth: 1 };
  /** Where the next field would stand. */
  table: Place;
  private readonly cursor: TomlCursor;
  private readonly faults: Fault[] = [];

  constructor(toml: string) {
    this.cursor = new TomlCursor(toml);
    this.table = this.top;
  }

  read(): ReadHead {
    while (this.cursor.passVoid()) {
      if (this.cursor.accepts('[[')) this.table = this.tableOfList();
      else if (this.cursor.accepts('[')) this.table = this.tableNamed();
      else this.field(this.table);
    }
    return { data: this.top.map, faults: this.faults };
  }

  private tableNamed(): Place {
    const { line } = this.cursor;
    const path = this.cursor.takePath();
    this.cursor.accepts(']');
    return this.reach(this.top, path, line);
  }

  private tableOfList(): Place {
    const { line } = this.cursor;
    const path = this.cursor.takePath();
    this.cursor.accepts(']]');
    const name = path.pop() ?? '';
    const { map, depth } = this.reach(this.top, path, line);
    const added = openMap(line);
    const known = fieldOf(map, name);
    if (known?.kind === 'list') (known.items as Value[]).push(added);
    else this.add(map, name, line, { kind: 'list', items: [added], line });
    return this.lowered({ map: added, depth: depth + 2 });
  }

  private field(table: Place): void {
    const { line } = this.cursor;
    const path = this.cursor.takePath();
    this.cursor.passSign('=');
    const name = path.pop();
    if (name === undefined) return this.giveUp(notToml(line, NO_KEY));
    const { map, depth } = this.reach(table, path, line);
    this.add(map, name, line, this.value(depth));
  }

  private value(depth: number): Value {
    const { line } = this.cursor;
    if (this.cursor.accepts('[')) return this.list(line, depth + 1);
    if (this.cursor.accepts('{')) return this.inlineTable(line, depth + 1);
    return this.scalar(line);
  }

  private scalar(line: number): Scalar {
    const typed = this.cursor.takeScalar();
    const scalar = typed === undefined ? undefined : tomlScalar(typed, line);
    if (scalar !== undefined) return scalar;
    this.giveUp(notToml(line, BAD_DATE));
    return { kind: 'scalar', value: null, text: '', line };
  }

  private list(line: number, depth: number): List {
    this.lowered({ map: this.top.map, depth });
    const items: Value[] = [];
    while (this.cursor.passVoid() && !this.cursor.accepts(']')) {
      items.push(this.value(depth));
      this.cursor.passVoid();
      this.cursor.accepts(',');
    }
    return { kind: 'list', items, line };
  }

  private inlineTable(line: number, depth: number): FieldMap {
    const place = this.lowered({ map: openMap(line), depth });
    while (this.cursor.passVoid() && !this.cursor.accepts('}')) {
      this.field(place);
      this.cursor.passVoid();
      this.cursor.accepts(',');
    }
    return place.map;
  }

  /** The table at a path, made where it is not there yet; of a list of tables, the last one. */
  private reach(from: Place, path: readonly string[], line: number): Place {
    let { map, depth } = from;
    for (const name of path) {
      const known = fieldOf(map, name);
      const table = known?.kind === 'list' ? known.items.at(-1) : known;
      depth += known?.kind === 'list' ? 2 : 1;
      if (depth > DEEPEST) break;
      // Every map in here was made by this reader, and is open.
      map = table?.kind === 'map' ? (table as OpenMap) : this.added(map, name, line);
    }
    return this.lowered({ map, depth });
  }

  private added(parent: OpenMap, name: string, line: number): OpenMap {
    const map = openMap(line);
    this.add(parent, name, line, map);
    return map;
  }

  private add(map: OpenMap, key: string, line: number, value: Value): void {
    const fault = faultOfKey(key, line, map);
    if (fault === undefined) map.fields.set(key.toLowerCase(), { key, line, value });
    else this.faults.push(fault);
  }

  /** Where smol-toml has let something pass that this reader does not know, nothing behind it can be trusted. */
  private giveUp(fault: Fault): void {
    this.faults.push(fault);
    this.cursor.passAll();
  }

  private lowered(place: Place): Place {
    if (place.depth > DEEPEST) this.faults.push(tooDeep(this.cursor.line));
    return place;
  }
}

/** TOML tells `Title` from `title`; whoever writes both has written one twice, which `add` says. */
function fieldOf({ fields }: FieldMap, name: string): Value | undefined {
  const field = fields.get(name.toLowerCase());
  return field?.key === name ? field.value : undefined;
}
