import type { Fault } from './complaints.ts';

/** A value of the front matter that knows its line, so that a complaint about it can name the place. */
export type Value = Scalar | List | FieldMap;

export interface Scalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As the writer typed it: `012` stays `012`, though its value is a number. */
  readonly text: string;
  /** 1-based line in the file. */
  readonly line: number;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly line: number;
}

export interface FieldMap {
  readonly kind: 'map';
  /** By lower-case key. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly line: number;
}

export interface Field {
  /** The key as the writer typed it. */
  readonly key: string;
  readonly line: number;
  readonly value: Value;
}

export type FrontMatter = FieldMap;

export const NO_FRONT_MATTER: FrontMatter = { kind: 'map', fields: new Map(), line: 1 };

/** A front matter with its lines, or what is wrong with it. */
export interface ReadHead {
  readonly data: FrontMatter;
  readonly faults: readonly Fault[];
}

/** A map that is still being read. */
export interface OpenMap extends FieldMap {
  readonly fields: Map<string, Field>;
}

export const openMap = (line: number): OpenMap => ({ kind: 'map', fields: new Map(), line });
