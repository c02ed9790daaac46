import { DEEPEST, tooDeep } from '../check-head-limits.ts';
import type { Fault } from '../complaints.ts';
import { faultOfKey } from '../fault-of-key.ts';
import {
  NO_FRONT_MATTER,
  openMap,
  type FieldMap,
  type List,
  type OpenMap,
  type ReadHead,
  type Scalar,
  type Value,
} from '../front-matter-value.ts';
import { TextCursor } from '../text-cursor.ts';
import { explainJson, type JsonPlace } from './explain-json.ts';

const BLANKS = /[ \t\r\n]*/y;
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const WORD = /(?:true|false|null)(?!\w)/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])/iy;
const REST_OF_LINE = /[^\n]*/y;

/**
 * A JSON object (RFC 8259) with its lines, or the first thing that is wrong with it. By hand: jsonc-parser overflows the stack at
 * some thousand levels, and of an unknown word does not say whether a key, a value or a comma was expected there. With a guard
 * against the first and a record of the second around it, there would be more code and not less.
 */
export const readJson = (json: string): ReadHead => new JsonReader(json).read();

class JsonReader {
  private readonly cursor: TextCursor;
  private readonly keyFaults: Fault[] = [];
  private fault: Fault | undefined;

  constructor(json: string) {
    this.cursor = new TextCursor(json);
  }

  read(): ReadHead {
    const value = this.value(1);
    this.passBlanks();
    if (!this.cursor.isAtEnd) this.fail('after the end');

    const faults = [...this.keyFaults, ...(this.fault === undefined ? [] : [this.fault])];
    return { data: value.kind === 'map' ? value : NO_FRONT_MATTER, faults };
  }

  private value(depth: number): Value {
    this.passBlanks();
    const { line } = this.cursor;
    const isCollection = this.cursor.peek(/[[{]/y) !== undefined;
    if (isCollection && depth > DEEPEST) return this.give(tooDeep(line));
    if (this.cursor.accepts('{')) return this.map(openMap(line), depth);
    if (this.cursor.accepts('[')) return this.list({ kind: 'list', items: [], line }, depth);
    return this.scalar(line);
  }

  private map(map: OpenMap, depth: number): FieldMap {
    this.passBlanks();
    if (this.cursor.accepts('}')) return map;
    do {
      this.field(map, depth);
      this.passBlanks();
    } while (this.fault === undefined && this.cursor.accepts(','));
    if (!this.cursor.accepts('}')) this.fail('after a field');
    return map;
  }

  private field(map: OpenMap, depth: number): void {
    this.passBlanks();
    const { line } = this.cursor;
    const typed = this.cursor.take(STRING);
    if (typed === undefined) return this.fail('for a key');
    this.passBlanks();
    if (!this.cursor.accepts(':')) return this.fail('after a key');

    const key = textOf(typed);
    const fault = faultOfKey(key, line, map);
    const value = this.value(depth + 1);
    if (fault === undefined) map.fields.set(key.toLowerCase(), { key, line, value });
    else this.keyFaults.push(fault);
  }

  private list(list: List & { items: Value[] }, depth: number): List {
    this.passBlanks();
    if (this.cursor.accepts(']')) return list;
    do {
      list.items.push(this.value(depth + 1));
      this.passBlanks();
    } while (this.fault === undefined && this.cursor.accepts(','));
    if (!this.cursor.accepts(']')) this.fail('after an item');
    return list;
  }

  private scalar(line: number): Scalar {
    const typed = this.cursor.take(STRING) ?? this.cursor.take(WORD) ?? this.cursor.take(NUMBER);
    if (typed === undefined) {
      this.fail('for a value');
      return nothing(line);
    }
    const value = JSON.parse(typed) as Scalar['value'];
    return { kind: 'scalar', value, text: typeof value === 'string' ? value : typed, line };
  }

  private passBlanks(): void {
    this.cursor.take(BLANKS);
  }

  private fail(place: JsonPlace): void {
    const { line } = this.cursor;
    this.give(explainJson(place, this.cursor.peek(REST_OF_LINE) ?? '', line));
  }

  /** The first fault counts; nothing is read after it. */
  private give(fault: Fault): Scalar {
    this.fault ??= fault;
    this.cursor.passAll();
    return nothing(fault.line);
  }
}

const textOf = (typed: string): string => JSON.parse(typed) as string;

const nothing = (line: number): Scalar => ({ kind: 'scalar', value: null, text: '', line });
