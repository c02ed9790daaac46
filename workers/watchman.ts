import { randomUUID } from 'node:crypto';
import { keepWatch } from '../src/actions/watchman/keep-watch.ts';
import { LedgerLookout } from '../src/actions/watchman/ledger-lookout.ts';
import { postNotices } from '../src/actions/watchman/post-notices.ts';
import type { WatchTools } from '../src/actions/watchman/watch-tools.ts';
import type { App } from '../src/app.ts';
import type { NoticeWay } from '../src/domain/notice.ts';
import { reasonOf } from '../src/domain/reason-of.ts';
import { doneWithin } from '../src/domain/within.ts';
import { untilDone } from './close-worker.ts';

const LOOK_MS = 10_000;
/** Who does not lead asks whether somebody still does. */
const ASK_MS = 5_000;

/** Looks at everything every ten seconds while this process leads, and stands by while another does. */
export class Watchman {
  readonly #app: App;
  readonly #tools: WatchTools;
  readonly #lookout: LedgerLookout;
  readonly #me = randomUUID();
  #isLeader = false;
  #isEnded = false;
  #looking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(app: App, ways: readonly NoticeWay[]) {
    this.#app = app;
    this.#tools = { ...app, ways };
    this.#lookout = new LedgerLookout(this.#tools);
  }

  start(): void {
    this.#app.ledger.watch();
    void this.#step();
  }

  /** Lets another one lead. */
  async end(): Promise<void> {
    this.#isEnded = true;
    clearTimeout(this.#timer);
    await untilDone(this.#app, this.#looking ?? Promise.resolve());
    if (this.#isLeader) await untilDone(this.#app, this.#app.store.watch.resign(this.#me));
  }

  async #step(): Promise<void> {
    const { trouble } = this.#app.ledger;
    if (trouble === undefined) {
      // A look that was under way when Redis went waits for it to come back.
      this.#looking ??= this.#patiently(() => this.#look()).finally(() => (this.#looking = undefined));
      await doneWithin(LOOK_MS, this.#looking);
    } else if (this.#isLeader) await this.#patiently(() => this.#lookout.noteAway(trouble));
    if (this.#isEnded) return;
    const pauseMs = this.#isLeader && trouble === undefined ? LOOK_MS : ASK_MS;
    this.#timer = setTimeout(() => void this.#step(), pauseMs);
  }

  async #look(): Promise<void> {
    if (!(await this.#app.ledger.isFit())) return;
    await this.#lookout.noteBack();
    this.#isLeader = await keepWatch(this.#tools, this.#me);
    await postNotices(this.#tools);
  }

  async #patiently(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.#app.ledger.suspect(error)) return;
      this.#app.log.warn({ reason: reasonOf(error) }, 'the watchman has to wait');
    }
  }
}
