import type { Guard } from './ledger-model.ts';
import { brokenIn, nextWhenAllGoesWell } from './promises.ts';
import { stepsFrom } from './steps.ts';
import { canonical, firstWorld, swapped, worldOf, type Scope } from './world.ts';

/** A promise that does not hold, with the shortest way there. */
export interface Counterexample {
  readonly broken: string;
  readonly trace: readonly string[];
}

export interface Found {
  readonly states: number;
  readonly steps: number;
  readonly counterexample: Counterexample | undefined;
}

/** A step to another cell. */
interface Edge {
  readonly name: string;
  readonly to: number;
}

/** One reader's worlds, each once, numbered as they are met. Workers' places are part of them. */
export class Cells {
  readonly keys: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #local = new Map<number, readonly Edge[]>();
  readonly #everywhere = new Map<number, readonly Edge[]>();
  readonly #swapped: number[] = [];
  readonly broken = new Map<number, string>();
  /** From where all is known to end well. */
  readonly #fine = new Set<number>();
  readonly #scope: Scope;
  readonly #without: Guard | undefined;

  constructor(scope: Scope, without?: Guard) {
    this.#scope = scope;
    this.#without = without;
  }

  first(): number {
    return this.#number(canonical(firstWorld(this.#scope)));
  }

  local(cell: number): readonly Edge[] {
    return this.#local.get(cell) ?? (this.#look(cell), this.#local.get(cell) ?? []);
  }

  everywhere(cell: number): readonly Edge[] {
    return this.#everywhere.get(cell) ?? (this.#look(cell), this.#everywhere.get(cell) ?? []);
  }

  swapped(cell: number): number {
    return (this.#swapped[cell] ??= this.#number(canonical(swapped(worldOf(this.keys[cell] ?? '')))));
  }

  #look(cell: number): void {
    const key = this.keys[cell] ?? '';
    const edges: Edge[][] = [[], []];
    const now = worldOf(key);
    const broken = brokenIn(now);
    if (broken !== undefined) this.broken.set(cell, broken);
    for (const step of stepsFrom(now, this.#scope, this.#without)) {
      const world = worldOf(key);
      const broken = step.act(world, this.#without);
      const to = this.#number(canonical(world));
      if (typeof broken === 'string' && !this.broken.has(cell))
        this.broken.set(cell, `${broken} (${step.name})`);
      edges[step.isEverywhere ? 1 : 0]?.push({ name: step.name, to });
    }
    this.#local.set(cell, edges[0] ?? []);
    this.#everywhere.set(cell, edges[1] ?? []);
  }

  /** Whether a reader gets all that is left when everything goes well from here on. */
  endsWell(cell: number): boolean {
    const way: number[] = [];
    let at = cell;
    while (!this.#fine.has(at)) {
      if (way.length > 60) return false;
      way.push(at);
      const next = nextWhenAllGoesWell(worldOf(this.keys[at] ?? ''));
      if (next === 'rest') break;
      const to = 'world' in next ? this.#number(canonical(next.world)) : this.#firstOf(at, next.names);
      if (to === undefined) return false;
      at = to;
    }
    for (const passed of way) this.#fine.add(passed);
    return true;
  }

  #firstOf(cell: number, names: readonly string[]): number | undefined {
    const edges = [...this.local(cell), ...this.everywhere(cell)];
    for (const name of names) {
      const edge = edges.find((one) => one.name.startsWith(name));
      if (edge) return edge.to;
    }
    return undefined;
  }

  #number(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.keys.length;
    this.keys.push(key);
    this.#numbers.set(key, number);
    return number;
  }
}

const STRANDED = 'loss: with all faults over, the reader does not come to the end';

/** Every state of one reader, both workers and the plan. Stops at the first broken promise, or that of the name. */
export function searchOne(scope: Scope, without?: Guard, promise = '', mostStates = Infinity): Found {
  const cells = new Cells(scope, without);
  const from = new Map<number, { readonly cell: number; readonly name: string }>();
  const queue = [cells.first()];
  const seen = new Set(queue);
  let steps = 0;
  for (const cell of queue) {
    const edges = [...cells.local(cell), ...cells.everywhere(cell)];
    const broken = cells.broken.get(cell) ?? (cells.endsWell(cell) ? undefined : STRANDED);
    if (broken?.startsWith(promise) === true)
      return { states: seen.size, steps, counterexample: { broken, trace: traceTo(cell, from) } };
    if (seen.size > mostStates) throw new Error(`More than ${mostStates} states.`);
    for (const { name, to } of edges) {
      steps++;
      if (seen.has(to)) continue;
      seen.add(to);
      from.set(to, { cell, name });
      queue.push(to);
    }
  }
  return { states: seen.size, steps, counterexample: undefined };
}

function traceTo(
  cell: number,
  from: ReadonlyMap<number, { readonly cell: number; readonly name: string }>,
): string[] {
  const trace: string[] = [];
  for (let at = from.get(cell); at !== undefined; at = from.get(at.cell)) trace.unshift(at.name);
  return trace;
}

const CELLS_AT_MOST = 2 ** 26;

/**
 * Every state of two readers, both workers and the plan. Readers are interchangeable, and so are workers. No script makes what it does to
 * one reader depend on another, so a claim of both is a claim of each, with nothing in between.
 */
export function searchTwo(scope: Scope): Found & { readonly cells: number } {
  const cells = new Cells(scope);
  const start = cells.first();
  const queue: number[] = [start, start];
  const seen = new Set([pairOf(cells, start, start)]);
  let steps = 0;
  const meet = (a: number, b: number) => {
    steps++;
    const pair = pairOf(cells, a, b);
    if (seen.has(pair)) return;
    seen.add(pair);
    queue.push(a, b);
  };
  for (let at = 0; at < queue.length; at += 2) {
    const a = queue[at] ?? 0;
    const b = queue[at + 1] ?? 0;
    for (const { to } of cells.local(a)) meet(to, b);
    for (const { to } of cells.local(b)) meet(a, to);
    const together = cells.everywhere(b);
    for (const { name, to } of cells.everywhere(a)) {
      // What one reader stands in the way of does not happen.
      const other = together.find((edge) => edge.name === name);
      if (other) meet(to, other.to);
    }
    const stranded = cells.endsWell(a) && cells.endsWell(b) ? undefined : STRANDED;
    const broken = cells.broken.get(a) ?? cells.broken.get(b) ?? stranded;
    if (broken !== undefined)
      return { states: seen.size, steps, cells: cells.keys.length, counterexample: { broken, trace: [] } };
  }
  return { states: seen.size, steps, cells: cells.keys.length, counterexample: undefined };
}

function pairOf(cells: Cells, a: number, b: number): number {
  const c = cells.swapped(a);
  const d = cells.swapped(b);
  return Math.min(a * CELLS_AT_MOST + b, b * CELLS_AT_MOST + a, c * CELLS_AT_MOST + d, d * CELLS_AT_MOST + c);
}
