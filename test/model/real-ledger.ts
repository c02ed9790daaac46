import type { Redis } from 'ioredis';
import { eraseSubscriber } from '../../src/actions/erase-subscriber.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import type { SeriesPlan } from '../../src/domain/plan.ts';
import { lastAcceptedAt } from '../../src/domain/reading.ts';
import { partitionOf, type Subscriber } from '../../src/domain/subscriber.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { partitionKeys, subscriberKey } from '../../src/store/keys.ts';
import { packedHistory, textOf } from '../support/packed-history.ts';
import { GARDEN, planWith, subscriber } from '../support/ledger.ts';
import type {
  ClaimRecord,
  LedgerState,
  ModelDelivery,
  ModelPlan,
  ModelResend,
  ModelSettlement,
  ReaderState,
} from './ledger-state.ts';
import type { ClaimTerms, ModelJoining } from './ledger-model.ts';
import { placesOf } from './plan-edits.ts';

/** A whole number of the model is so much time: nothing that happens at one model time takes long enough to matter. */
const UNIT_MS = 1_000_000_000;
const BASE_MS = 1_800_000_000_000;
const MOMENT_MS = 60_000;

export const realTime = (at: number): number => BASE_MS + at * UNIT_MS;
export const modelTime = (ms: number): number => Math.round((ms - BASE_MS) / UNIT_MS);

/** What every claim record has. */
type Always = 'issue' | 'state' | 'attempt' | 'datedAt' | 'firstTriedAt' | 'rendered' | 'name';

/** Names whose ids are of one partition, so that counters are shared. */
export function readersOfOnePartition(howMany: number): string[] {
  const found: string[] = [];
  for (let i = 0; found.length < howMany; i++) {
    const name = `reader${i}`;
    if (partitionOf(subscriber(name).id) === 'p03') found.push(name);
  }
  return found;
}

/** The stores on a real Redis, spoken to in the model's words. */
export class RealLedger {
  now = 0;
  readonly #redis: Redis;
  readonly #store: Store;
  readonly #keys = partitionKeys('p03', GARDEN);
  readonly #readers: readonly string[];
  /** A token as Redis has it → as the model has it. */
  readonly #tokens = new Map<string, number>();
  readonly #deliveries = new Map<number, Delivery>();
  #moment = 0;

  constructor(redis: Redis, readers: readonly string[]) {
    this.#redis = redis;
    this.#readers = readers;
    // Each look is a little later than the one before, however uneven this machine's commands are.
    const nextOffset = () => realTime(this.now) + (this.#moment += MOMENT_MS) - Date.now();
    this.#store = openStore(redis, {
      get offsetMs() {
        return nextOffset();
      },
    });
  }

  pass(time: number): void {
    this.now += time;
    this.#moment = 0;
  }

  async commit(plan: ModelPlan): Promise<void> {
    await this.#store.plans.commit(planOf(plan));
  }

  async bringUp(plan: ModelPlan): Promise<void> {
    await this.#store.plans.bringUp(planOf(plan));
  }

  /** `expected` names the tokens of the model's own claim. */
  async claim(plan: ModelPlan, issue: string, terms: ClaimTerms, expected: readonly ModelDelivery[]) {
    const { limit, onUncertain, lease, submits } = terms;
    const claimed = await this.#store.deliveries.claim(this.#stand(plan, issue), {
      limit,
      onUncertain,
      submits,
      leaseMs: lease * UNIT_MS,
    });
    if (claimed === 'stale-plan') return claimed;
    return claimed
      .map((delivery): ModelDelivery => {
        const reader = this.#nameOf(delivery.subscriber);
        const token = expected.find((one) => one.reader === reader)?.token ?? -Number(delivery.token);
        this.#tokens.set(delivery.token, token);
        this.#deliveries.set(token, delivery);
        const { attempt, rendered, name } = delivery;
        const times = {
          datedAt: modelTime(delivery.datedAt),
          firstTriedAt: modelTime(delivery.firstTriedAt),
        };
        return { reader, issue, token, attempt, ...times, rendered, name };
      })
      .toSorted(byReader);
  }

  submit(plan: ModelPlan, issue: string, deliveries: readonly ModelDelivery[], lease: number) {
    return this.#store.deliveries.submit(this.#stand(plan, issue), this.#real(deliveries), lease * UNIT_MS);
  }

  extend(plan: ModelPlan, issue: string, deliveries: readonly ModelDelivery[], lease: number) {
    return this.#store.deliveries.extend(this.#stand(plan, issue), this.#real(deliveries), lease * UNIT_MS);
  }

  settle(plan: ModelPlan, issue: string, settlements: readonly ModelSettlement[]) {
    return this.#store.deliveries.settle(
      this.#stand(plan, issue),
      settlements.map(({ token, kind, next, dueAt, reason }) => {
        const [delivery] = this.#real([{ token }]);
        if (delivery === undefined) throw new Error('Nobody claimed this.');
        return { delivery, kind, next: next as IssueId, dueAt: realTime(dueAt), reason, pace: '' };
      }),
    );
  }

  leave(plan: ModelPlan, reader: string, reason: string) {
    return this.#store.subscriptions.leave(planOf(plan), subscriber(reader).id, reason);
  }

  join(plan: ModelPlan, joinings: readonly ModelJoining[], mayComeBack: boolean) {
    return this.#store.subscriptions.join(
      planOf(plan),
      joinings.map(({ reader, name, place, dueAt }) => ({
        subscriber: { ...subscriber(reader), name } as Subscriber,
        place: place as IssueId,
        ...(dueAt !== undefined && { dueAt: realTime(dueAt) }),
      })),
      { source: 'test', mayComeBack },
    );
  }

  resolve(plan: ModelPlan, reader: string, decision: 'again' | { next: string; dueAt: number }) {
    return this.#store.held.resolve(
      planOf(plan),
      subscriber(reader).id,
      decision === 'again'
        ? { kind: 'again' }
        : { kind: 'accepted', next: decision.next as IssueId, dueAt: realTime(decision.dueAt) },
    );
  }

  async resend(plan: ModelPlan, issue: string, { reader, place, became, lastHad, gapEnd }: ModelResend) {
    const { id } = subscriber(reader);
    const found = await this.#store.subscribers.find(id);
    // The model's times are rounded; the script compares what is on record.
    const recorded = lastAcceptedAt(found?.history ?? []);
    const isSame = recorded === undefined ? lastHad === undefined : modelTime(recorded) === lastHad;
    const seen = isSame ? recorded : (lastHad ?? 1);
    const answers = await this.#store.resends.resend(planOf(plan), issue as IssueId, [
      {
        subscriber: id,
        place: place as IssueId,
        became,
        ...(seen !== undefined && { gap: { lastHad: seen, dueAt: realTime(gapEnd ?? 0) } }),
      },
    ]);
    return answers === 'stale-plan' ? answers : (answers[0] ?? 'none');
  }

  async change(plan: ModelPlan, reader: string, until: number | undefined, gap: number) {
    const { id } = subscriber(reader);
    const found = await this.#store.reading.find(planOf(plan), id, realTime(this.now));
    if (found === undefined || found === 'stale-plan') return found ?? 'ended';
    const lastHad = lastAcceptedAt(found.record.history);
    const gapEnd = lastHad === undefined ? undefined : { lastHad, dueAt: realTime(modelTime(lastHad) + gap) };
    const wish =
      until === undefined ? { kind: 'resume' as const } : { kind: 'pause' as const, until: realTime(until) };
    return this.#store.reading.change(planOf(plan), id, wish, gapEnd);
  }

  suppress(reader: string, reason: string) {
    return this.#store.subscribers.suppress(subscriber(reader).id, { reason, at: realTime(this.now) });
  }

  unsuppress(reader: string) {
    return this.#store.subscribers.unsuppress(subscriber(reader).id);
  }

  erase(reader: string) {
    return eraseSubscriber({ store: this.#store }, subscriber(reader).id);
  }

  /** What is in Redis, as the model would say it. */
  async read(plan: ModelPlan): Promise<LedgerState> {
    const places = placesOf(plan);
    const ask = this.#redis.pipeline().hgetall(this.#keys.plan).hgetall(this.#keys.counts);
    ask.hgetall(this.#keys.codes);
    for (const name of this.#readers) {
      const { id } = subscriber(name);
      ask.hgetallBuffer(subscriberKey('p03', id)).hget(this.#keys.claims, id).hget(this.#keys.held, id);
      ask.hget(this.#keys.suppressed, id).zscore(this.#keys.finished, id).hget(this.#keys.detours, id);
      for (const place of places) ask.zscore(`${this.#keys.waiting}${place}`, id);
    }
    const values = ((await ask.exec()) ?? []).map(([error, value]) => {
      if (error) throw error;
      return value;
    });
    type Hash = Record<string, string>;
    const [known, counts, codes, ...rest] = values as [Hash, Hash, Hash, ...unknown[]];
    const each = 6 + places.length;
    const readers = this.#readers.map((name, index) => [
      name,
      this.#readerOf(places, codes, rest.slice(index * each, (index + 1) * each)),
    ]);
    return {
      now: this.now,
      plan: knownPlan(known),
      sequence: 0,
      counts: Object.fromEntries(Object.entries(counts).map(([field, n]) => [field, Number(n)])),
      readers: Object.fromEntries(readers) as Record<string, ReaderState>,
    };
  }

  /** See `standingApart`. */
  async standingApart(plan: ModelPlan): Promise<string[]> {
    const sets = placesOf(plan).flatMap((place) => [`deferred:${place}`, `doubted:${place}`]);
    const members = await Promise.all(
      sets.map(async (set) => {
        const ids = await this.#redis.zrange(`${this.#keys.apart}${set}`, '0', '-1');
        return ids.map((id) => `${this.#nameOf(id)} ${set}`);
      }),
    );
    return members.flat();
  }

  #readerOf(
    places: readonly string[],
    codes: Record<string, string>,
    values: readonly unknown[],
  ): ReaderState {
    const [hash, claim, held, suppressed, finished, detour, ...scores] = values as [
      Record<string, Buffer>,
      ...(string | null)[],
    ];
    const fields = textOf(hash);
    const timeIn = (field: string) =>
      fields[field] === undefined ? undefined : modelTime(Number(fields[field]));
    const [state, since, ...reason] = (fields[`series:${GARDEN}`] ?? '').split(' ');
    const suppression = JSON.parse(suppressed ?? 'null') as { reason: string; at: number } | null;
    const standing = places.flatMap((place, index) =>
      (scores[index] ?? null) === null ? [] : [[place, modelTime(Number(scores[index]))]],
    );
    return {
      waiting: Object.fromEntries(standing) as Record<string, number>,
      isKnown: fields['address'] !== undefined,
      name: fields['name'] ?? '',
      membership:
        state === ''
          ? undefined
          : { state: state as 'active', at: modelTime(Number(since)), reason: reason.join(' ') },
      pausedUntil: timeIn(`paused:${GARDEN}`),
      keptDue: timeIn(`due:${GARDEN}`),
      finishedAt: timeIn(`finished:${GARDEN}`),
      isFinishNoted: finished !== null,
      history: { ...hadIn(hash, codes), ...historyIn(fields) },
      uncertain: Object.fromEntries(
        withPrefix(fields, `uncertain:${GARDEN}:`).map(([issue, n]) => [issue, Number(n)]),
      ),
      claim: this.#recordOf(claim ?? null),
      held: this.#recordOf(held ?? null),
      suppressed: suppression === null ? undefined : { ...suppression, at: modelTime(suppression.at) },
      detour: (JSON.parse(detour ?? 'null') as string[] | null) ?? undefined,
    };
  }

  #recordOf(json: string | null): ClaimRecord | undefined {
    if (json === null) return undefined;
    const record = JSON.parse(json) as Partial<ClaimRecord> & Pick<ClaimRecord, Always>;
    const { tried = false, doubted = false, missed = false, token, retryAt, datedAt, firstTriedAt } = record;
    const { issue, state, attempt, rendered, name } = record;
    return {
      issue,
      state,
      attempt,
      rendered,
      name,
      tried,
      doubted,
      missed,
      token: token === undefined ? undefined : this.#tokens.get(String(token)),
      retryAt: retryAt === undefined ? undefined : modelTime(retryAt),
      datedAt: modelTime(datedAt),
      firstTriedAt: modelTime(firstTriedAt),
    };
  }

  #stand(plan: ModelPlan, issue: string) {
    const real = planOf(plan);
    const planned = real.issues.find(({ id }) => id === issue);
    if (planned === undefined) throw new Error(`No issue ${issue}.`);
    return { plan: real, issue: planned, partition: 'p03' };
  }

  #real(deliveries: readonly { readonly token: number }[]): Delivery[] {
    return deliveries
      .map(({ token }) => this.#deliveries.get(token))
      .filter((delivery) => delivery !== undefined);
  }

  #nameOf(id: string): string {
    return this.#readers.find((name) => subscriber(name).id === id) ?? id;
  }
}

export const byReader = (a: ModelDelivery, b: ModelDelivery): number => (a.reader < b.reader ? -1 : 1);

function planOf({ revision, state, startAt, issues, moves }: ModelPlan): SeriesPlan {
  const planned = issues.map(({ id, rendered, releaseAt, retired }) => ({
    id: id as IssueId,
    title: id,
    rendered,
    ...(releaseAt !== undefined && { releaseAt: realTime(releaseAt) }),
    ...(retired === true && { retired }),
  }));
  const { about } = planWith([]);
  return planWith([], {
    revision,
    state,
    startAt: realTime(startAt),
    issues: planned,
    moves: moves as SeriesPlan['moves'],
    about: { ...about, letters: ['finished'] },
  });
}

function knownPlan(fields: Record<string, string>): LedgerState['plan'] {
  const releases = withPrefix(fields, 'release:').map(([issue, at]) => [issue, modelTime(Number(at))]);
  return {
    revision: Number(fields['revision'] ?? 0),
    state: fields['state'] ?? '',
    startAt: fields['startAt'] === undefined ? 0 : modelTime(Number(fields['startAt'])),
    releases: Object.fromEntries(releases) as Record<string, number>,
  };
}

function hadIn(hash: Record<string, Buffer>, codes: Record<string, string>): ReaderState['history'] {
  const had = [...packedHistory(hash, codes)].map(([name, { at, words }]) => {
    const entry = { outcome: 'accepted', at: modelTime(at), reason: words };
    return [name.slice(GARDEN.length + 1), entry] as const;
  });
  return Object.fromEntries(had);
}

function historyIn(fields: Record<string, string>): ReaderState['history'] {
  return Object.fromEntries(
    withPrefix(fields, `issue:${GARDEN}:`).map(([issue, value]) => {
      const [outcome = '', at, ...reason] = value.split(' ');
      return [issue, { outcome, at: modelTime(Number(at)), reason: reason.join(' ') }];
    }),
  );
}

const withPrefix = (fields: Record<string, string>, prefix: string): [string, string][] =>
  Object.entries(fields)
    .filter(([field]) => field.startsWith(prefix))
    .map(([field, value]) => [field.slice(prefix.length), value]);
