import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PARAGRAPH =
  'The harbour has a board with the hours of high water, and somebody wipes it with a sleeve. ';
const PARAGRAPHS = 6;

export interface Draft {
  readonly order: readonly string[];
  readonly live: Readonly<Record<string, number>>;
}

/**
 * A series in the making: its posts in the content folder, and the order of all there ever were. What is put in stands right before
 * the issue it was put before, and so behind whatever was taken out there: where the product has it, too.
 */
export class WritingDesk {
  readonly #home: string;
  #order: string[] = [];
  #versions = new Map<string, number>();
  #live = new Set<string>();
  #made = 0;

  constructor(folder: string, series: string) {
    this.#home = join(folder, 'content', series);
    mkdirSync(this.#home, { recursive: true });
  }

  /** In order. */
  get live(): readonly string[] {
    return this.#order.filter((issue) => this.#live.has(issue));
  }

  get takenOut(): readonly string[] {
    return this.#order.filter((issue) => !this.#live.has(issue));
  }

  get all(): readonly string[] {
    return this.#order;
  }

  /** As it lies there now. */
  draft(): Draft {
    return {
      order: [...this.#order],
      live: Object.fromEntries(this.live.map((issue) => [issue, this.#versions.get(issue) ?? 0])),
    };
  }

  /** A new post before the one named, or after the last. */
  insert(before?: string): string {
    const issue = `water-${++this.#made}`;
    const at = before === undefined ? this.#order.length : this.#order.indexOf(before);
    this.#order.splice(at, 0, issue);
    this.edit(issue);
    return issue;
  }

  /** Other words under the same id; the subject says which version it is. */
  edit(issue: string): void {
    const version = (this.#versions.get(issue) ?? 0) + 1;
    this.#versions.set(issue, version);
    this.#live.add(issue);
    const head = ['---', `title: ${subjectOf(issue, version)}`, `id: ${issue}`, '---'];
    writeFileSync(this.#pathOf(issue), `${head.join('\n')}\n\n${`${PARAGRAPH}\n\n`.repeat(PARAGRAPHS)}`);
    this.#writeIndex();
  }

  remove(issue: string): void {
    this.#live.delete(issue);
    rmSync(this.#pathOf(issue));
    this.#writeIndex();
  }

  /** Puts a post back where it was, in new words. */
  restore(issue: string): void {
    this.edit(issue);
  }

  /** The issue goes right before the one ahead of it, with whatever was taken out behind it. */
  moveUp(issue: string): void {
    const ahead = this.live[this.live.indexOf(issue) - 1];
    if (ahead === undefined) return;
    const from = this.#order.indexOf(issue);
    const next = this.#order.findIndex((other, index) => index > from && this.#live.has(other));
    const block = this.#order.splice(from, (next < 0 ? this.#order.length : next) - from);
    this.#order.splice(this.#order.indexOf(ahead), 0, ...block);
    this.#writeIndex();
  }

  /** As it was when the draft was taken, after a move that was refused. */
  putBack({ order }: Draft): void {
    this.#order = [...order];
    this.#writeIndex();
  }

  #pathOf(issue: string): string {
    return join(this.#home, `${issue}.md`);
  }

  #writeIndex(): void {
    const head = ['title: Tides', 'from: Harbour Letters <harbour@example.com>', 'every: 0', 'paces: [1h]'];
    const issues = ['issues:', ...this.live.map((issue) => `  - ${issue}.md`)];
    writeFileSync(join(this.#home, '_index.md'), `${['---', ...head, ...issues, '---'].join('\n')}\n`);
  }
}

/** Seen in every mail: the issue's name and its version. */
export const subjectOf = (issue: string, version: number): string => `High ${issue} v${version}`;
