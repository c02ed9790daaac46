import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import type { Fault } from './complaints.ts';
import { explainYamlErrors } from './explain-yaml-errors.ts';
import { faultOfKey } from './fault-of-key.ts';
import { NO_FRONT_MATTER, openMap, type FieldMap, type ReadHead, type Value } from './front-matter-value.ts';

const NO_TEXT = { message: 'A key of the front matter must be plain text.' };

/**
 * YAML 1.2 core schema, kept to what a post needs: dates stay text, every key is text and stands once (in any case), keys that
 * reach into JavaScript's prototypes are refused. `yaml` must have passed `checkYamlLimits`.
 */
export function readYaml(yaml: string): ReadHead {
  const lineCounter = new LineCounter();
  // Its own check of unique keys takes time by the square of their number.
  const quick = {
    uniqueKeys: false,
    prettyErrors: false,
    resolveKnownTags: false,
    logLevel: 'error',
  } as const;
  const document = parseDocument(yaml, { ...quick, schema: 'core', merge: false, lineCounter });
  const lineOf = (offset: number): number => lineCounter.linePos(offset).line || 1;

  const errors = explainYamlErrors([...document.errors, ...document.warnings], yaml, lineOf);
  if (errors.length > 0) return { data: NO_FRONT_MATTER, faults: errors };
  return new Reader(lineOf).read(document.contents);
}

/** Turns composed nodes into values, noting every key that is refused on the way. */
class Reader {
  private readonly faults: Fault[] = [];
  private readonly lineOf: (offset: number) => number;

  constructor(lineOf: (offset: number) => number) {
    this.lineOf = lineOf;
  }

  read(contents: unknown): ReadHead {
    const value = this.value(contents, 1);
    if (value.kind === 'map') return { data: value, faults: this.faults };
    if (value.kind === 'scalar' && value.value === null)
      return { data: NO_FRONT_MATTER, faults: this.faults };
    const message = `The front matter is a ${value.kind === 'list' ? 'list' : 'line of text'}, not keys with values.`;
    return {
      data: NO_FRONT_MATTER,
      faults: [{ line: value.line, message, fix: 'Write lines such as `title: Frost`.' }],
    };
  }

  private value(node: unknown, parentLine: number): Value {
    if (isMap(node)) return this.map(node, this.lineOf(node.range?.[0] ?? 0));
    if (isSeq(node)) {
      const line = this.lineOf(node.range?.[0] ?? 0);
      return { kind: 'list', line, items: node.items.map((item) => this.value(item, line)) };
    }
    if (!isScalar(node)) return { kind: 'scalar', value: null, text: '', line: parentLine };
    const value = node.value as string | number | boolean | null;
    const line = node.range ? this.lineOf(node.range[0]) : parentLine;
    return { kind: 'scalar', value, text: typeof value === 'string' ? value : (node.source ?? ''), line };
  }

  private map(node: YAMLMap, line: number): FieldMap {
    const map = openMap(line);
    for (const { key, value } of node.items) {
      const name = this.value(key, line);
      const fault =
        name.kind === 'scalar' ? faultOfKey(name.text, name.line, map) : { line: name.line, ...NO_TEXT };
      if (fault !== undefined) this.faults.push(fault);
      if (fault !== undefined || name.kind !== 'scalar') continue;
      const field = { key: name.text, line: name.line, value: this.value(value, name.line) };
      map.fields.set(name.text.toLowerCase(), field);
    }
    return map;
  }
}
