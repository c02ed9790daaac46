import type { Instant } from '../../domain/instant.ts';
import { noticeIdOf, type Notice, type NoticeWay, type TroubleFacts } from '../../domain/notice.ts';
import { troubleAfter, type TroubleRecord } from '../../domain/trouble.ts';
import { PATIENCE_MS, troubleNews } from '../../domain/watch.ts';
import { logNews } from './keep-watch.ts';
import type { WatchTools } from './watch-tools.ts';

type LookoutTools = Pick<WatchTools, 'store' | 'salt' | 'log' | 'ways'>;

/**
 * Tells of the trouble that no other part can tell of: while Redis is away there are no marks and no queue. So the process that led when it
 * went tells at once, by every way, from what it remembers itself; the end is told by whoever leads when it is back.
 */
export class LedgerLookout {
  readonly #tools: LookoutTools;
  readonly #now: () => Instant;
  #record: TroubleRecord | undefined;
  #isHandedOver = true;
  #notice: Notice | undefined;
  #waysLeft: readonly NoticeWay[] = [];

  constructor(tools: LookoutTools, now: () => Instant = Date.now) {
    this.#tools = tools;
    this.#now = now;
  }

  /** Called every few seconds while the ledger cannot be used. */
  async noteAway(reason: string): Promise<void> {
    const { record, tell } = troubleAfter(this.#record, {}, this.#now(), PATIENCE_MS.ledger);
    this.#record = record;
    this.#isHandedOver = false;
    if (record !== undefined && tell === 'started') this.#begin(record, { trouble: 'ledger', reason });
    await this.#tell();
  }

  /** Called every few seconds while it can be. */
  async noteBack(): Promise<void> {
    const before = this.#record;
    this.#waysLeft = [];
    if (before === undefined) return;
    if (before.isTold && !this.#isHandedOver) await this.#tools.store.watch.handOver(before);
    this.#isHandedOver = true;
    this.#record = troubleAfter(before, undefined, this.#now(), PATIENCE_MS.ledger).record;
  }

  #begin(record: TroubleRecord, facts: TroubleFacts): void {
    const { salt, log, ways } = this.#tools;
    const { news, ...mark } = troubleNews('ledger', record, facts, 'started');
    this.#notice = { ...news, id: noticeIdOf(mark, salt), at: this.#now() };
    this.#waysLeft = ways;
    logNews(log, news);
  }

  /** Those that fail are tried again at the next call. */
  async #tell(): Promise<void> {
    const notice = this.#notice;
    if (notice === undefined) return;
    const left: NoticeWay[] = [];
    for (const way of this.#waysLeft) {
      const result = await way.send(notice);
      if (result.kind === 'later') left.push(way);
      if (result.kind !== 'done')
        this.#tools.log.warn({ way: way.name, reason: result.reason }, 'a notice was not taken');
    }
    this.#waysLeft = left;
  }
}
