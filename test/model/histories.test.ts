import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dumpRedis } from '../support/redis-dump.ts';
import { redisPerFile } from '../support/redis-per-file.ts';
import { latestHad, LedgerModel, standingApart } from './ledger-model.ts';
import {
  emptyLedger,
  type LedgerState,
  type ModelDelivery,
  type ModelPlan,
  type ModelResend,
  type ModelSettlement,
  type ReaderState,
  type SettlementKind,
} from './ledger-state.ts';
import { EDITS, END, liveOf, placeAfter, type EditName } from './plan-edits.ts';
import { byReader, RealLedger, readersOfOnePartition } from './real-ledger.ts';

const READERS = readersOfOnePartition(3);
const BEGIN_AT = ['one', 'one', END];
// Time passes in twos and everything ends at odd times: nothing hangs on what happens at the very moment.
const LEASE = 3;
const GAP = 5;

const given = redisPerFile();

const SETTLEMENTS: readonly SettlementKind[] = [
  'accepted',
  'rejected',
  'dead',
  'deferred',
  'uncertain',
  'held',
  'released',
];

const who = fc.constantFrom(...READERS);
const pick = fc.nat(999);
const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('claim' as const),
      pick,
      onUncertain: fc.constantFrom('resend' as const, 'hold' as const),
      submits: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('submit' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('extend' as const), pick }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('settle' as const),
      pick,
      kind: fc.constantFrom('accepted' as const, ...SETTLEMENTS),
      underOldPlan: fc.nat(9).map((n) => n === 0),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('pass time' as const), time: fc.constantFrom(2, 4, 8) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('join' as const), who, pick, mayComeBack: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('leave' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constantFrom('suppress' as const, 'unsuppress' as const, 'erase' as const),
      who,
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('pause' as const, 'resume' as const), who }) },
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('resend' as const), who, pick, isSeenWell: fc.nat(9) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('resolve' as const), who, again: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('edit' as const),
      edit: fc.constantFrom(...(Object.keys(EDITS) as EditName[])),
    }),
  },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

/** One operation on both ledgers, ready to be done as often as wanted. */
interface Operation {
  readonly isIdempotent: boolean;
  /** Must work when Redis is full. */
  readonly isUrgent: boolean;
  onModel(): unknown;
  onRedis(): Promise<unknown>;
}

/** A model and a real ledger that go the same way. */
class SideBySide {
  readonly model = new LedgerModel(emptyLedger(0));
  readonly real = new RealLedger(given.redis, READERS);
  readonly deliveries: ModelDelivery[] = [];
  plan: ModelPlan = {
    revision: 1,
    state: 'running',
    startAt: -1,
    issues: [
      { id: 'one', rendered: 'hash-of-one' },
      { id: 'two', rendered: 'hash-of-two', releaseAt: 3 },
    ],
    moves: [],
  };
  oldPlan: ModelPlan = this.plan;

  async begin(): Promise<void> {
    this.model.migrate(this.plan);
    await this.real.commit(this.plan);
    const joinings = READERS.map((reader, index) => ({
      reader,
      name: reader,
      place: BEGIN_AT[index] ?? END,
    }));
    this.model.join(this.plan, joinings, true);
    await this.real.join(this.plan, joinings, true);
    await this.compare();
  }

  async compare(): Promise<void> {
    assert.deepEqual(tidy(await this.real.read(this.plan)), tidy(this.model.state));
    const apart = await this.real.standingApart(this.plan);
    assert.deepEqual(apart.toSorted(), standingApart(this.model.state).toSorted());
  }

  operation(command: Command): Operation | undefined {
    switch (command.does) {
      case 'claim':
        return this.#claim(command);
      case 'submit':
      case 'extend':
        return this.#about(command.pick, (delivery) => ({
          isIdempotent: true,
          isUrgent: false,
          onModel: () => this.model[command.does as 'submit'](delivery.issue, [delivery], LEASE),
          onRedis: () => this.real[command.does as 'submit'](this.plan, delivery.issue, [delivery], LEASE),
        }));
      case 'settle':
        return this.#about(command.pick, (delivery) =>
          this.#settle(delivery, command.kind, command.underOldPlan),
        );
      case 'edit':
        return this.#edit(command.edit);
      case 'pass time':
        this.model.state.now += command.time;
        this.real.pass(command.time);
        return undefined;
      case 'join':
      case 'leave':
      case 'suppress':
      case 'unsuppress':
      case 'erase':
      case 'resend':
      case 'resolve':
      case 'pause':
      case 'resume':
        return this.#wish(command);
    }
  }

  #claim({ pick, onUncertain, submits }: Extract<Command, { does: 'claim' }>): Operation {
    const issue = this.plan.issues[pick % this.plan.issues.length]?.id ?? '';
    const terms = { limit: 10, lease: LEASE, onUncertain, submits };
    let claimed: readonly ModelDelivery[] = [];
    return {
      isIdempotent: false,
      isUrgent: false,
      onModel: () => {
        const answer = this.model.claim(this.plan, issue, terms);
        claimed = answer === 'stale-plan' ? [] : answer.toSorted(byReader);
        this.deliveries.push(...claimed);
        return claimed;
      },
      onRedis: () => this.real.claim(this.plan, issue, terms, claimed),
    };
  }

  // Late ones, too: any claim there ever was.
  #about(pick: number, operate: (delivery: ModelDelivery) => Operation): Operation | undefined {
    const recent = this.deliveries.slice(pick % 5 === 0 ? 0 : -4);
    const delivery = recent[pick % Math.max(1, recent.length)];
    return delivery && operate(delivery);
  }

  #settle(delivery: ModelDelivery, kind: SettlementKind, underOldPlan: boolean): Operation {
    const knows = this.oldPlan.issues.some(({ id }) => id === delivery.issue);
    const plan = underOldPlan && knows ? this.oldPlan : this.plan;
    const { now } = this.model.state;
    const { reader, token, issue } = delivery;
    const movesOn = kind === 'accepted' || kind === 'rejected' || kind === 'dead';
    const settlement: ModelSettlement = {
      reader,
      token,
      kind,
      next: movesOn ? placeAfter(plan, issue) : issue,
      dueAt: movesOn ? now + GAP : kind === 'released' ? now : now + 1,
      reason: 'because',
    };
    return {
      isIdempotent: true,
      isUrgent: true,
      onModel: () => this.model.settle(plan, issue, [settlement]),
      onRedis: () => this.real.settle(plan, issue, [settlement]),
    };
  }

  #edit(name: EditName): Operation | undefined {
    const plan = EDITS[name](this.plan);
    if (plan === undefined || this.plan.issues.length > 6) return undefined;
    this.oldPlan = this.plan;
    this.plan = plan;
    return {
      isIdempotent: true,
      isUrgent: false,
      onModel: () => this.model.migrate(plan),
      onRedis: async () => {
        await this.real.commit(plan);
        await this.real.bringUp(plan);
      },
    };
  }

  #wish(command: Extract<Command, { who: string }>): Operation | undefined {
    const { plan, model, real } = this;
    const { who } = command;
    const { now } = model.state;
    switch (command.does) {
      case 'join': {
        const place = plan.issues.filter(({ retired }) => !retired)[command.pick % 3]?.id ?? END;
        const joinings = [{ reader: who, name: command.pick % 2 === 0 ? who : '', place }];
        return operationOf(
          true,
          false,
          () => model.join(plan, joinings, command.mayComeBack),
          () => real.join(plan, joinings, command.mayComeBack),
        );
      }
      case 'leave':
        return operationOf(
          true,
          true,
          () => model.leave(plan, who, 'unsubscribed'),
          () => real.leave(plan, who, 'unsubscribed'),
        );
      case 'suppress':
        return operationOf(
          true,
          false,
          () => model.suppress(who, 'complaint'),
          () => real.suppress(who, 'complaint'),
        );
      case 'unsuppress':
        return operationOf(
          true,
          true,
          () => void (model.reader(who).suppressed = undefined),
          () => real.unsuppress(who).then(() => undefined),
        );
      case 'erase':
        return operationOf(
          true,
          false,
          () => model.erase(plan, who),
          () => real.erase(who).then(() => undefined),
        );
      case 'resend': {
        const live = liveOf(plan).map(({ id }) => id);
        // Mostly one that is behind them: what is ahead cannot have been missed.
        const place = Object.keys(model.reader(who).waiting)[0] ?? END;
        const behind = place === END ? live : live.slice(0, Math.max(0, live.indexOf(place)));
        const among = behind.length > 0 && command.pick % 4 > 0 ? behind : live;
        const issue = among[command.pick % Math.max(1, among.length)];
        if (issue === undefined) return undefined;
        const order = resendOf(model.reader(who), who, issue, command.isSeenWell > 0, this.#gapEnd(who));
        return operationOf(
          true,
          false,
          () => model.resend(plan, issue, order),
          () => real.resend(plan, issue, order),
        );
      }
      case 'resolve': {
        const held = model.reader(who).held?.issue;
        const decision =
          command.again || held === undefined ? 'again' : { next: placeAfter(plan, held), dueAt: now + GAP };
        return operationOf(
          true,
          true,
          () => model.resolve(plan, who, decision),
          () => real.resolve(plan, who, decision),
        );
      }
      case 'pause':
        return operationOf(
          false,
          false,
          () => model.pause(plan, who, now + 7, this.#gapEnd(who)),
          () => real.change(plan, who, now + 7, GAP),
        );
      case 'resume':
        return operationOf(
          false,
          false,
          () => model.resume(plan, who, this.#gapEnd(who)),
          () => real.change(plan, who, undefined, GAP),
        );
    }
  }

  #gapEnd(who: string): number | undefined {
    const times = Object.values(this.model.reader(who).history)
      .filter(({ outcome }) => outcome === 'accepted')
      .map(({ at }) => at);
    return times.length === 0 ? undefined : Math.max(...times) + GAP;
  }
}

/** What somebody who looked at the reader asks for, or somebody who looked a while ago. */
function resendOf(
  reader: ReaderState,
  who: string,
  issue: string,
  isSeenWell: boolean,
  gapEnd: number | undefined,
): ModelResend {
  const outcome = reader.history[issue]?.outcome;
  const became = outcome === 'rejected' || outcome === 'skipped' ? outcome : '';
  const place = Object.keys(reader.waiting)[0] ?? END;
  const lastHad = latestHad(reader);
  const seen: ModelResend = { reader: who, place, became, lastHad, gapEnd };
  return isSeenWell ? seen : { ...seen, place: 'one', lastHad: lastHad === undefined ? 7 : lastHad + 1 };
}

const operationOf = (
  isIdempotent: boolean,
  isUrgent: boolean,
  onModel: () => unknown,
  onRedis: () => Promise<unknown>,
): Operation => ({ isIdempotent, isUrgent, onModel, onRedis });

/** What both would say of the same thing: counters that are not there are 0, tokens count from nowhere. */
function tidy(state: LedgerState): unknown {
  const counts = Object.fromEntries(Object.entries(state.counts).filter(([, n]) => n !== 0));
  return JSON.parse(JSON.stringify({ ...state, sequence: 0, counts }));
}

const tally = { refusedWhenFull: 0, doneWhenFull: 0 };

/** Does it when Redis is full: either it is done as ever, or it is refused and nothing at all has changed. */
async function whenFull(operation: Operation): Promise<{ answer: unknown } | 'refused'> {
  const before = await dumpRedis(given.redis);
  await given.redis.config('SET', 'maxmemory', '1');
  try {
    const answer = await operation.onRedis();
    tally.doneWhenFull++;
    return { answer };
  } catch (error) {
    if (!(error instanceof Error && /OOM|EXECABORT/.test(error.message)) || operation.isUrgent) throw error;
    tally.refusedWhenFull++;
    assert.deepEqual(await dumpRedis(given.redis), before);
    return 'refused';
  } finally {
    await given.redis.config('SET', 'maxmemory', '0');
  }
}

async function live(commands: readonly Command[]): Promise<void> {
  await given.redis.flushall();
  const both = new SideBySide();
  await both.begin();
  for (const command of commands) {
    const operation = both.operation(command);
    if (operation === undefined) continue;
    const expected = operation.onModel();
    const full = await whenFull(operation);
    const answer = full === 'refused' ? await operation.onRedis() : full.answer;
    assert.deepEqual(answer, expected);
    await both.compare();

    const before = JSON.stringify(tidy(both.model.state));
    const expectedAgain = operation.onModel();
    if (operation.isIdempotent) assert.equal(JSON.stringify(tidy(both.model.state)), before);
    assert.deepEqual(await operation.onRedis(), expectedAgain);
    await both.compare();
  }
}

const isWhole = process.env['HOSTILE_PART'] === 'all';

test('the scripts do what the model does, twice as well as once, and all or nothing when Redis is full', async () => {
  const histories = fc.array(command, { minLength: 10, maxLength: 40, size: 'max' });
  await fc.assert(fc.asyncProperty(histories, live), { numRuns: isWhole ? 80 : 30 });
  // A history in which nothing is refused, or nothing is done, shows nothing.
  expect(Math.min(tally.refusedWhenFull, tally.doneWhenFull)).toBeGreaterThan(20);
}, 600_000);
