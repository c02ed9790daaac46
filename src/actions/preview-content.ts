import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Composer } from '../compose/render-issue.ts';
import type { LoadedContent } from '../content/load-content.ts';
import type { IssueId } from '../domain/issue.ts';
import type { PreviewedIssue, PreviewOverview } from '../domain/preview.ts';
import type { Problem } from '../domain/problem.ts';
import type { SeriesId } from '../domain/series.ts';
import { previewIssue, type PreviewTools } from './preview-issue.ts';
import { shelve, type Shelf, type ShelvedIssue } from './preview-shelf.ts';

/** The writer's side under one set of settings. */
export interface PreviewStudio extends Pick<PreviewTools, 'lint' | 'sampleMessage'> {
  readonly load: (options: { readonly withDrafts: boolean }) => Promise<LoadedContent>;
  readonly composer: () => Promise<Composer>;
}

export interface PreviewOptions {
  /** Reads the settings anew; what is wrong with them when they cannot be used. */
  readonly openStudio: () => PreviewStudio | readonly Problem[];
  /** Show this series and no other. */
  readonly only?: string;
  /** Show drafts as if they were to be sent. */
  readonly withDrafts?: boolean;
  /** Told of what should not happen; the preview goes on. */
  readonly onBug: (error: unknown) => void;
}

/** `posts` when only Markdown files have changed; `all` for templates, settings, images and everything else. */
export type Change = 'posts' | 'all';

/** Issues kept ready with all their bytes, the one that was looked at last among them. */
const MOST_KEPT = 24;
const TELL_EVERY_MS = 700;
/** One page asks for several things, one after another. */
const LEFT_ALONE_MS = 150;

/**
 * All issues for looking at, while they are being written. Whatever is asked for is composed at once; the others are composed one after
 * another when nobody waits, so that their problems are known. What has not changed is not composed again.
 */
export class ContentPreview {
  readonly #options: PreviewOptions;
  readonly #listeners = new Set<(revision: number) => void>();
  readonly #kept = new Map<string, Promise<PreviewedIssue>>();
  readonly #verdicts = new Map<string, readonly Problem[]>();
  #studio: PreviewStudio | undefined;
  #tools: PreviewTools | undefined;
  #settings: readonly Problem[] = [];
  #shelf: Shelf = { series: [], problems: [] };
  #revision = 0;
  #epoch = 0;
  #pending: Change | undefined = undefined;
  #reloading: Promise<void> | undefined;
  #looking: Promise<void> = Promise.resolve();
  #asking = 0;
  #askedAt = -Infinity;
  #isClosed = false;

  constructor(options: PreviewOptions) {
    this.#options = options;
  }

  /** Reads the content again, and with `all` the settings and templates, too. Resolves when what is shown is no older than the call. */
  reload(change: Change): Promise<void> {
    this.#pending = this.#pending === 'all' ? 'all' : change;
    this.#reloading ??= this.#reloadAll().finally(() => (this.#reloading = undefined));
    return this.#reloading;
  }

  /** What there is, with the problems found so far. */
  overview(): PreviewOverview {
    return {
      revision: this.#revision,
      settings: this.#settings,
      problems: this.#shelf.problems,
      series: this.#shelf.series.map(({ issues, ...series }) => ({
        ...series,
        issues: issues.map((shelved) => {
          const { id, number, title, file } = shelved.issue;
          const problems = shelved.isSound ? this.#verdicts.get(this.#keyOf(shelved)) : shelved.problems;
          return { id, number, title, file, ...(problems !== undefined && { problems }) };
        }),
      })),
    };
  }

  /** The issue as it is now, composed if it has to be; undefined when there is none. */
  async find(series: SeriesId, issue: IssueId): Promise<PreviewedIssue | undefined> {
    const shelved = this.#shelf.series
      .find(({ id }) => id === series)
      ?.issues.find((one) => one.issue.id === issue);
    if (shelved === undefined) return undefined;
    this.#asking++;
    try {
      return await this.#preview(shelved);
    } finally {
      this.#asking--;
      this.#askedAt = performance.now();
    }
  }

  /** Calls `listener` whenever something has changed. Returns how to stop it. */
  subscribe(listener: (revision: number) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves when nothing is composed any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#listeners.clear();
    await this.#reloading;
    await this.#looking;
  }

  async #reloadAll(): Promise<void> {
    while (this.#pending !== undefined) {
      const change = this.#pending;
      this.#pending = undefined;
      try {
        await this.#reloadOnce(change);
      } catch (error) {
        this.#options.onBug(error);
      }
    }
    this.#tell();
    const before = this.#looking;
    this.#looking = before.then(() => this.#lookAtAll());
  }

  async #reloadOnce(change: Change): Promise<void> {
    if (change === 'all' || this.#studio === undefined) this.#openStudio();
    const studio = this.#studio;
    if (studio === undefined) return;
    const { only, withDrafts = false } = this.#options;
    this.#shelf = shelve(await studio.load({ withDrafts }), only);
    if (change === 'all' || this.#tools === undefined) await this.#takeTools(studio);
    this.#forgetChanged();
  }

  #openStudio(): void {
    const opened = this.#options.openStudio();
    if ('load' in opened) this.#studio = opened;
    this.#settings = 'load' in opened ? [] : opened;
  }

  /** A composer reads templates once, so everything is composed anew with a new one. */
  async #takeTools({ composer, lint, sampleMessage }: PreviewStudio): Promise<void> {
    this.#tools = { composer: await composer(), lint, sampleMessage };
    this.#epoch++;
  }

  #forgetChanged(): void {
    const current = new Set(this.#all().map((shelved) => this.#keyOf(shelved)));
    for (const known of [this.#kept, this.#verdicts]) {
      for (const key of known.keys()) if (!current.has(key)) known.delete(key);
    }
  }

  #all(): ShelvedIssue[] {
    return this.#shelf.series.flatMap(({ issues }) => issues);
  }

  #keyOf({ digest }: ShelvedIssue): string {
    return `${this.#epoch} ${digest}`;
  }

  #preview(shelved: ShelvedIssue): Promise<PreviewedIssue> {
    const { series, issue, problems, isSound } = shelved;
    if (!isSound || this.#tools === undefined) return Promise.resolve({ series, issue, problems });
    const key = this.#keyOf(shelved);
    const previewed = this.#kept.get(key) ?? this.#compose(key, shelved, this.#tools);
    this.#kept.delete(key);
    this.#kept.set(key, previewed);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return previewed;
  }

  async #compose(key: string, { series, issue, problems }: ShelvedIssue, tools: PreviewTools) {
    try {
      const previewed = await previewIssue(tools, series, issue, problems);
      this.#verdicts.set(key, previewed.problems);
      return previewed;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  /** Composes what has not been composed yet, when nobody waits for anything else. */
  async #lookAtAll(): Promise<void> {
    const shelf = this.#shelf;
    const tools = this.#tools;
    let toldAt = performance.now();
    let found = 0;
    for (const shelved of this.#all()) {
      const key = this.#keyOf(shelved);
      if (tools === undefined || !shelved.isSound || this.#verdicts.has(key)) continue;
      await this.#untilLeftAlone();
      if (this.#isClosed || this.#reloading !== undefined || this.#shelf !== shelf) return;
      await this.#compose(key, shelved, tools).catch((error: unknown) => this.#options.onBug(error));
      found++;
      if (performance.now() - toldAt < TELL_EVERY_MS) continue;
      toldAt = performance.now();
      this.#tell();
      found = 0;
    }
    if (found > 0) this.#tell();
  }

  async #untilLeftAlone(): Promise<void> {
    await setImmediate();
    while (this.#asking > 0 || performance.now() - this.#askedAt < LEFT_ALONE_MS) {
      await sleep(LEFT_ALONE_MS / 3);
    }
  }

  #tell(): void {
    if (this.#isClosed) return;
    this.#revision++;
    for (const listener of this.#listeners) listener(this.#revision);
  }
}
