import { setTimeout as sleep } from 'node:timers/promises';
import type { Lane } from './lane.ts';
import type { RunState } from './operations.ts';
import type { WritingDesk } from './writing-desk.ts';

const FEWEST_ISSUES = 3;
/** Longer than a mail that has been submitted takes to begin. */
const STOPPED_MS = 2_600;

const OPERATIONS = {
  edit: 30,
  insert: 14,
  append: 6,
  remove: 12,
  restore: 10,
  reorder: 9,
  stop: 8,
  status: 6,
} as const;
type Name = keyof typeof OPERATIONS;

/** What a writer does while their series goes out: one thing after the other, each put into force at once. */
export class WriterLane {
  readonly #lane: Lane;
  readonly #desk: WritingDesk;
  readonly #mostIssues: number;

  constructor(lane: Lane, desk: WritingDesk, mostIssues: number) {
    this.#lane = lane;
    this.#desk = desk;
    this.#mostIssues = mostIssues;
  }

  async run(operations: number): Promise<void> {
    const { random } = this.#lane;
    while (this.#lane.done < operations) {
      const name = this.#draw();
      if (name === 'status') await this.#tell();
      else if (name === 'stop') await this.#stop(random.next() < 0.25);
      else await this.#change(name);
    }
  }

  /** Puts the content as it lies there into force. */
  async schedule(): Promise<boolean> {
    const { operator, note } = this.#lane;
    const draft = this.#desk.draft();
    const answer = await operator.ask<'schedule'>({ do: 'schedule' });
    note({ kind: 'scheduled', ...answer, ...draft });
    return answer.outcome !== 'refused';
  }

  #draw(): Name {
    const { live, takenOut } = this.#desk;
    const isFull = live.length >= this.#mostIssues;
    const possible: Record<Name, boolean> = {
      edit: true,
      insert: !isFull,
      append: !isFull,
      remove: live.length > FEWEST_ISSUES,
      restore: takenOut.length > 0 && !isFull,
      reorder: true,
      stop: true,
      status: true,
    };
    const names = Object.keys(OPERATIONS) as Name[];
    return this.#lane.random.pick(
      names.filter((name) => possible[name]).flatMap((name) => Array<Name>(OPERATIONS[name]).fill(name)),
    );
  }

  async #change(name: Exclude<Name, 'stop' | 'status'>): Promise<void> {
    const { random } = this.#lane;
    const desk = this.#desk;
    if (name === 'edit') desk.edit(random.pick(desk.live));
    if (name === 'insert') desk.insert(random.pick(desk.live));
    if (name === 'append') desk.insert();
    if (name === 'remove') desk.remove(random.pick(desk.live));
    if (name === 'restore') desk.restore(random.pick(desk.takenOut));
    if (name === 'reorder') await this.#reorder();
    else if (!(await this.schedule())) throw new Error(`"${name}" was refused.`);
  }

  /** Some readers are past one of the two and not the other: refused, unless nobody is, and the series stands still. */
  async #reorder(): Promise<void> {
    const { random } = this.#lane;
    const before = this.#desk.draft();
    const movable = before.order.filter((issue) => before.live[issue] !== undefined).slice(1);
    this.#desk.moveUp((random.next() < 0.5 ? movable.at(-1) : undefined) ?? random.pick(movable));
    if (!(await this.schedule())) this.#desk.putBack(before);
  }

  /** Pauses or cancels, goes on writing, and lets the series go on. */
  async #stop(isForGood: boolean): Promise<void> {
    const { random } = this.#lane;
    await this.#setState(isForGood ? 'cancelled' : 'paused');
    const stoppedAt = performance.now();
    if (isForGood) {
      await sleep(STOPPED_MS);
      await this.schedule();
      return;
    }
    for (let more = random.between(1, 3); more > 0; more--) {
      const name = this.#draw();
      if (name === 'status') await this.#tell();
      else if (name !== 'stop') await this.#change(name);
    }
    await sleep(Math.max(0, STOPPED_MS - (performance.now() - stoppedAt)));
    await this.#setState('running');
  }

  /** Now and then through the command line. */
  async #setState(state: RunState): Promise<void> {
    const { operator, note, random, partwork } = this.#lane;
    const command = { running: 'resume', paused: 'pause', cancelled: 'cancel' }[state];
    if (random.next() < 0.3) note({ kind: 'state', state, ...(await partwork(command, this.#lane.series)) });
    else note({ kind: 'state', ...(await operator.ask<'state'>({ do: 'state', state })) });
  }

  async #tell(): Promise<void> {
    const { operator, note } = this.#lane;
    note({ kind: 'told', ...(await operator.ask<'status'>({ do: 'status' })) });
  }
}
