import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '../../src/domain/refusal.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import type { AppendOnlyFile } from './append-only-file.ts';
import type { Violation } from './checker.ts';
import { checkReplay } from './check-replay.ts';
import type { Evidence } from './evidence.ts';
import { exportLedger } from './export-ledger.ts';
import type { Publication } from './publication.ts';
import { dataFolderOf, goOn, openLedger, startResumedSmtp, type Resumption } from './replayed-send.ts';
import type { Figures } from './scenario.ts';
import type { SmtpRecord } from './smtp-record.ts';
import { strayKeys } from './stray-keys.ts';
import type { World } from './world.ts';

/** A whole send, and the file it left. */
export interface Recorded {
  readonly folder: string;
  readonly publication: Publication;
  readonly evidence: Evidence;
  readonly file: AppendOnlyFile;
}

/** Where the file ends, and what follows. */
export interface Cut {
  readonly at: number;
  readonly tail?: Buffer;
  readonly isTorn: boolean;
}

const AN_HOUR_MS = 3_600_000;
/** Of so many cuts one has a data folder that has seen a later ledger. */
const RESTORED_EVERY = 20;
/** Of so many, one goes on with real workers and the queues as they were left, which is slow. */
const WORKERS_EVERY = 12;

/** Goes on with a send from cuts of its file, and keeps what was found. */
export class Replays {
  readonly violations: Violation[] = [];
  readonly #world: World;
  readonly #recorded: Recorded;
  readonly #composed: Resumption['composed'] = {};
  readonly #totals = {
    wholes: 0,
    torn: 0,
    refused: 0,
    restored: 0,
    emptied: 0,
    mails: 0,
    repeats: 0,
    wedged: 0,
  };

  constructor(world: World, recorded: Recorded) {
    this.#world = world;
    this.#recorded = recorded;
  }

  async run(cuts: Iterator<[number, Cut]>): Promise<void> {
    for (let next = cuts.next(); !next.done; next = cuts.next()) {
      const [n, cut] = next.value;
      this.#world.say(`cut ${n}: ${JSON.stringify(this.#totals)}`);
      const folder = join(this.#world.folder, `cut-${n}`);
      try {
        await this.#replay(cut, n, folder);
      } catch (error) {
        this.#totals.wedged++;
        const what = error instanceof Error ? error.message : String(error);
        this.violations.push({ invariant: 'liveness', what: `cut ${n} at byte ${cut.at}: ${what}` });
      }
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #replay(cut: Cut, n: number, folder: string): Promise<void> {
    this.#recorded.file.copyTo(folder, cut.at, cut.tail);
    if (cut.tail !== undefined) return this.#mustRefuse(folder);
    const redis = await boot(folder);
    const smtp = await startResumedSmtp();
    try {
      await this.#goOn({ cut, n, redis, smtp, dataFolder: join(folder, 'data') });
    } finally {
      await smtp.close();
      await redis.stop();
    }
  }

  async #mustRefuse(folder: string): Promise<void> {
    const redis = await boot(folder).catch(() => undefined);
    this.#totals.refused++;
    if (redis === undefined) return;
    await redis.stop();
    this.violations.push({ invariant: 'ledger', what: 'Redis has read garbage without a word' });
  }

  async #goOn({
    cut,
    n,
    redis,
    smtp,
    dataFolder,
  }: {
    cut: Cut;
    n: number;
    redis: TestRedis;
    smtp: Awaited<ReturnType<typeof startResumedSmtp>>;
    dataFolder: string;
  }): Promise<void> {
    const { folder, publication, evidence } = this.#recorded;
    const { series, issues, audience } = publication;
    const connection = redis.redis('checker');
    cpSync(dataFolderOf(folder), dataFolder, { recursive: true });
    const resumption: Resumption = {
      redis,
      folder,
      dataFolder,
      series,
      issues,
      audience,
      composed: this.#composed,
    };
    if ((await connection.exists('pw:meta')) === 0) return this.#mustMissLedger(resumption, smtp.url);
    if (n % RESTORED_EVERY === 3) await this.#mustAskFirst(resumption, smtp.url);

    const before = await exportLedger(connection, series);
    await goOn(resumption, smtp, n % WORKERS_EVERY === 0 ? 'workers' : 'direct');
    const after = await exportLedger(connection, series);
    const strays = await strayKeys(connection, series, issues);
    const { mails } = smtp;
    const found = checkReplay(evidence, { before, after, mails, strays });
    this.violations.push(
      ...found.map(({ invariant, what }) => ({ invariant, what: `cut ${n} at byte ${cut.at}: ${what}` })),
    );
    this.#note(cut, mails);
  }

  /** A Redis in which nothing was written yet is not what the data folder remembers, whatever the operator says. */
  async #mustMissLedger(resumption: Resumption, smtpUrl: string): Promise<void> {
    const opened = await openLedger(resumption, smtpUrl, true);
    this.#totals.emptied++;
    if (isRefusal(opened)) return;
    await opened.app.close();
    this.violations.push({ invariant: 'ledger', what: 'an empty Redis was taken for the ledger' });
  }

  /** A ledger that is older than what the data folder has seen sends nothing until the operator says that it may. */
  async #mustAskFirst(resumption: Resumption, smtpUrl: string): Promise<void> {
    const memory = join(resumption.dataFolder, 'instance.json');
    const seen = JSON.parse(readFileSync(memory, 'utf8')) as { seenAt: number };
    writeFileSync(memory, JSON.stringify({ ...seen, seenAt: seen.seenAt + AN_HOUR_MS }));
    const opened = await openLedger(resumption, smtpUrl, false);
    this.#totals.restored++;
    if (isRefusal(opened)) return;
    await opened.app.close();
    this.violations.push({ invariant: 'ledger', what: 'an older ledger was taken without a word' });
  }

  #note({ isTorn }: Cut, mails: readonly SmtpRecord[]): void {
    const taken = this.#recorded.evidence.mails.filter(({ fate }) => fate === 'taken');
    const had = new Set(taken.map(keyOf));
    if (isTorn) this.#totals.torn++;
    else this.#totals.wholes++;
    this.#totals.mails += mails.length;
    this.#totals.repeats += mails.filter((mail) => had.has(keyOf(mail))).length;
  }

  get figures(): Figures {
    const { wholes, torn, refused, restored, emptied, mails, repeats, wedged } = this.#totals;
    return {
      commands: this.#recorded.file.ends.length,
      cuts: wholes,
      'torn cuts': torn,
      'garbage refused': refused,
      'asked after restore': restored,
      'refused as emptied': emptied,
      wedged,
      'mails after cuts': mails,
      'of the cut tail': repeats,
    };
  }
}

async function boot(folder: string): Promise<TestRedis> {
  mkdirSync(folder, { recursive: true });
  return startRedis(['--dir', folder, '--appendfsync', 'no']);
}

const keyOf = ({ to, mark }: SmtpRecord): string => `${to.join()} ${mark}`;
