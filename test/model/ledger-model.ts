import {
  unknownReader,
  type ClaimRecord,
  type LedgerState,
  type ModelDelivery,
  type ModelPlan,
  type ModelResend,
  type ModelSettlement,
  type ReaderState,
} from './ledger-state.ts';
import { END, liveOf, placeAfter, placesOf } from './plan-edits.ts';

/** What keeps a promise. Each can be left out, to see that the search misses it. */
export const GUARDS = [
  'settle looks at the token',
  'submit looks at the token',
  'submit looks whether the reader is still here',
  'submit looks whether the series still runs',
  'submit notes what it grants',
  'a worker begins nothing under a lapsed claim',
  'claim looks at the subscription',
  'claim looks at suppressions',
  'claim looks at the pause of a reader',
  'claim looks at what was had',
  'claim waits for the due time',
  'claim gives a second lease',
  'claim records the doubt',
  'a repeat has the same bytes',
  'settle refuses another plan',
  'settle remembers for who has left',
  'settle keeps the gap',
  'leave keeps what is going over',
  'leave keeps what is in doubt',
  'leave keeps the gap',
  'a break takes back every claim',
  'join goes on after what was had',
  'join goes on after what is in doubt',
  'join goes back to what is going over',
  'migrate lets stay what is going over',
  'migrate leaves who is on a detour where they are',
  'migrate moves where a detour ends',
  'resend looks at what is under way',
  'resend looks at what was had',
  'resend looks at a doubt',
  'resend keeps the gap',
] as const;
export type Guard = (typeof GUARDS)[number];

export interface ClaimTerms {
  readonly limit: number;
  readonly lease: number;
  readonly onUncertain: 'resend' | 'hold';
  readonly submits: boolean;
}

export interface ModelJoining {
  readonly reader: string;
  readonly name: string;
  readonly place: string;
  readonly dueAt?: number | undefined;
}

/** The ledger as it should be: the same operations as the stores', on plain data, changing `state` in place. */
export class LedgerModel {
  readonly state: LedgerState;
  readonly #without: Guard | undefined;

  constructor(state: LedgerState, without?: Guard) {
    this.state = state;
    this.#without = without;
  }

  reader(id: string): ReaderState {
    return (this.state.readers[id] ??= unknownReader());
  }

  claim(plan: ModelPlan, issue: string, terms: ClaimTerms): ModelDelivery[] | 'stale-plan' {
    const { now, plan: known, readers } = this.state;
    if (known.revision !== plan.revision) return 'stale-plan';
    if (known.state !== 'running' || known.startAt > now || (known.releases[issue] ?? 0) > now) return [];
    const due = Object.keys(readers)
      .filter((id) => isDue(readers[id]?.waiting[issue], now, this.#has('claim waits for the due time')))
      .toSorted((a, b) => this.#dueAt(a, issue) - this.#dueAt(b, issue) || (a < b ? -1 : 1));
    return due.slice(0, terms.limit).flatMap((id) => this.#claimOne(plan, issue, id, terms));
  }

  #claimOne(plan: ModelPlan, issue: string, id: string, terms: ClaimTerms): ModelDelivery[] {
    const { now } = this.state;
    const reader = this.reader(id);
    const earlier = reader.claim?.issue === issue && reader.claim.tried ? reader.claim : undefined;
    const isSubmitting = earlier?.state === 'submitting';
    if (isSubmitting && !earlier.missed && this.#has('claim gives a second lease')) {
      earlier.missed = true;
      reader.waiting[issue] = now + terms.lease;
      return [];
    }
    if (isSubmitting && this.#recordUncertain(reader, issue, earlier, terms)) return [];

    const isEnded = reader.membership?.state !== 'active' && this.#has('claim looks at the subscription');
    const isSuppressed = reader.suppressed !== undefined && this.#has('claim looks at suppressions');
    if (!reader.isKnown || isEnded || isSuppressed) this.#skip(reader, issue);
    else if (reader.history[issue]?.outcome === 'accepted' && this.#has('claim looks at what was had'))
      this.#passOn(reader, issue, placeAfter(plan, issue));
    else if ((reader.pausedUntil ?? 0) > now && this.#has('claim looks at the pause of a reader'))
      this.#rest(reader, issue, earlier, reader.pausedUntil ?? 0);
    else return [this.#take(plan, issue, id, earlier, terms)];
    return [];
  }

  #recordUncertain(reader: ReaderState, issue: string, claim: ClaimRecord, terms: ClaimTerms): boolean {
    if (!this.#has('claim records the doubt')) return false;
    this.#count(`${issue}:uncertain`);
    claim.doubted = true;
    addTo(reader.uncertain, issue, 1);
    if (terms.onUncertain === 'resend') return false;
    delete reader.waiting[issue];
    reader.claim = undefined;
    reader.held = claim;
    this.#count(`${issue}:held`);
    this.#remember(reader, issue, 'held', '');
    return true;
  }

  #skip(reader: ReaderState, issue: string): void {
    delete reader.waiting[issue];
    reader.claim = undefined;
    this.#detour(reader, undefined);
    this.#count(`${issue}:suppressed`);
    if (reader.membership?.state !== 'active') return;
    reader.history[issue] = { outcome: 'skipped', at: this.state.now, reason: '' };
    reader.membership = { state: 'ended', at: this.state.now, reason: 'suppressed' };
    this.#count('ended');
    this.#count('bounced');
  }

  #passOn(reader: ReaderState, issue: string, next: string): void {
    delete reader.waiting[issue];
    reader.claim = undefined;
    this.#count(`${issue}:skipped`);
    this.#enter(reader, this.#onwards(reader, next), this.state.now);
  }

  #rest(reader: ReaderState, issue: string, earlier: ClaimRecord | undefined, until: number): void {
    if (this.#has('a break takes back every claim')) {
      if (earlier) withdraw(reader, earlier);
      else reader.claim = undefined;
    } else if (earlier?.state === 'submitting') {
      earlier.state = 'uncertain';
      earlier.token = undefined;
    }
    reader.waiting[issue] = until;
  }

  #take(
    plan: ModelPlan,
    issue: string,
    id: string,
    earlier: ClaimRecord | undefined,
    { lease, submits }: ClaimTerms,
  ): ModelDelivery {
    const reader = this.reader(id);
    const { now } = this.state;
    const rendered = plan.issues.find((one) => one.id === issue)?.rendered ?? '';
    const kept = this.#has('a repeat has the same bytes') ? earlier : undefined;
    const claim: ClaimRecord = {
      attempt: 1,
      datedAt: now,
      firstTriedAt: now,
      rendered,
      name: reader.name,
      doubted: false,
      retryAt: undefined,
      ...kept,
      tried: kept !== undefined || (submits && 'by-claim'),
      issue,
      token: ++this.state.sequence,
      state: submits ? 'submitting' : 'claimed',
      missed: false,
    };
    reader.claim = claim;
    reader.waiting[issue] = now + lease;
    const { token, attempt, datedAt, firstTriedAt, name } = claim;
    return {
      reader: id,
      issue,
      token: token ?? 0,
      attempt,
      datedAt,
      firstTriedAt,
      rendered: claim.rendered,
      name,
    };
  }

  submit(issue: string, deliveries: readonly ModelDelivery[], lease: number): boolean[] {
    return deliveries.map(({ reader: id, token }) => {
      const reader = this.reader(id);
      const runs =
        this.state.plan.state === 'running' || !this.#has('submit looks whether the series still runs');
      const isHere =
        reader.waiting[issue] !== undefined || !this.#has('submit looks whether the reader is still here');
      const isOurs = reader.claim?.token === token || !this.#has('submit looks at the token');
      if (!reader.claim || !runs || !isHere || !isOurs) return false;
      if (this.#has('submit notes what it grants')) {
        reader.claim.state = 'submitting';
        reader.claim.tried = true;
      }
      reader.waiting[issue] = this.state.now + lease;
      return true;
    });
  }

  extend(issue: string, deliveries: readonly ModelDelivery[], lease: number): boolean[] {
    return deliveries.map(({ reader: id, token }) => {
      const reader = this.reader(id);
      if (reader.claim?.token !== token || reader.waiting[issue] === undefined) return false;
      reader.waiting[issue] = this.state.now + lease;
      reader.claim.missed = false;
      return true;
    });
  }

  settle(plan: ModelPlan, issue: string, settlements: readonly ModelSettlement[]): boolean[] | 'stale-plan' {
    if (this.state.plan.revision !== plan.revision && this.#has('settle refuses another plan'))
      return 'stale-plan';
    return settlements.map((settlement) => this.#settleOne(issue, settlement));
  }

  #settleOne(issue: string, settlement: ModelSettlement): boolean {
    const reader = this.reader(settlement.reader);
    const { claim } = reader;
    const isOurs = claim?.token === settlement.token || !this.#has('settle looks at the token');
    if (!claim || !isOurs) return false;
    if (reader.waiting[issue] === undefined) {
      if (this.#has('settle remembers for who has left'))
        this.#settleOneWhoLeft(reader, claim, issue, settlement);
      return false;
    }
    delete reader.waiting[issue];
    this.#settleAs(reader, claim, issue, settlement);
    return true;
  }

  #settleOneWhoLeft(
    reader: ReaderState,
    claim: ClaimRecord,
    issue: string,
    { kind, dueAt, reason }: ModelSettlement,
  ): void {
    if (kind === 'uncertain' || kind === 'held') this.#noteDoubt(reader, claim, issue);
    if (claim.doubted && kind !== 'accepted' && kind !== 'held') {
      claim.state = 'uncertain';
      claim.token = undefined;
    } else reader.claim = undefined;
    if (kind === 'accepted' && reader.isKnown) reader.keptDue = dueAt;
    if (kind === 'accepted') this.#remember(reader, issue, kind, reason);
    if (kind === 'held') this.#remember(reader, issue, kind, '');
  }

  #settleAs(reader: ReaderState, claim: ClaimRecord, issue: string, settlement: ModelSettlement): void {
    const { kind, next, dueAt, reason } = settlement;
    const { now } = this.state;
    switch (kind) {
      case 'accepted':
      case 'rejected':
        reader.claim = undefined;
        this.#count(`${issue}:${kind}`);
        const place = this.#onwards(reader, next);
        this.#enter(reader, place, this.#has('settle keeps the gap') ? dueAt : now);
        this.#remember(reader, issue, kind, reason);
        if (kind === 'accepted' && next === END) this.#noteFinished(reader);
        return;
      case 'dead':
        reader.claim = undefined;
        this.#detour(reader, undefined);
        this.#count(`${issue}:rejected`);
        this.#count('ended');
        this.#count('bounced');
        reader.suppressed = { reason, at: now };
        this.#remember(reader, issue, 'rejected', reason);
        if (reader.isKnown) reader.membership = { state: 'ended', at: now, reason: 'rejected' };
        return;
      case 'deferred':
      case 'uncertain':
        claim.attempt++;
        claim.state = kind;
        this.#count(`${issue}:${kind}`);
        if (kind === 'uncertain') this.#noteDoubt(reader, claim, issue);
        return waitHere(reader, claim, issue, dueAt);
      case 'held':
        this.#noteDoubt(reader, claim, issue);
        reader.claim = undefined;
        reader.held = claim;
        this.#count(`${issue}:uncertain`);
        this.#count(`${issue}:held`);
        this.#remember(reader, issue, 'held', '');
        return;
      case 'released':
        if (claim.state === 'submitting') claim.state = 'deferred';
        if (claim.tried === 'by-claim') claim.tried = false;
        return waitHere(reader, claim, issue, dueAt);
    }
  }

  #noteDoubt(reader: ReaderState, claim: ClaimRecord, issue: string): void {
    claim.doubted = true;
    if (reader.isKnown) addTo(reader.uncertain, issue, 1);
  }

  #remember(reader: ReaderState, issue: string, outcome: string, reason: string): void {
    if (!reader.isKnown) return;
    if (outcome === 'accepted') forgetThanks(reader);
    reader.history[issue] = { outcome, at: this.state.now, reason };
  }

  #noteFinished(reader: ReaderState): void {
    if (!reader.isKnown || reader.finishedAt !== undefined) return;
    reader.finishedAt = this.state.now;
    reader.isFinishNoted = true;
  }

  leave(plan: ModelPlan, id: string, reason: string): boolean {
    const reader = this.reader(id);
    const { now } = this.state;
    for (const place of placesOf(plan)) {
      const due = reader.waiting[place];
      if (due === undefined) continue;
      delete reader.waiting[place];
      this.#count(`${place}:left`);
      const { pausedUntil = 0, keptDue } = reader;
      const isKept = pausedUntil > now && (due === pausedUntil || keptDue !== undefined);
      if (due > now && !isKept && reader.isKnown && this.#has('leave keeps the gap')) reader.keptDue = due;
    }
    reader.isFinishNoted = false;
    this.#detour(reader, undefined);
    this.#dropClaim(reader, reason);
    if (reader.held) this.#dropHeld(reader, reader.held);
    if (reader.membership?.state !== 'active') return false;
    reader.membership = { state: 'ended', at: now, reason };
    this.#count('ended');
    return true;
  }

  #dropClaim(reader: ReaderState, reason: string): void {
    const { claim } = reader;
    if (!claim) return;
    const isGoingOver = claim.state === 'submitting' && this.#has('leave keeps what is going over');
    if (isGoingOver && reason !== 'erased') return;
    reader.claim = undefined;
    if (claim.doubted && reason !== 'erased' && this.#has('leave keeps what is in doubt'))
      reader.claim = { ...claim, state: 'uncertain', token: undefined };
  }

  #dropHeld(reader: ReaderState, held: ClaimRecord): void {
    reader.held = undefined;
    this.#count(`${held.issue}:held`, -1);
    this.#count(`${held.issue}:left`);
  }

  join(plan: ModelPlan, joinings: readonly ModelJoining[], mayComeBack: boolean): string[] | 'stale-plan' {
    if (this.state.plan.revision !== plan.revision) return 'stale-plan';
    return joinings.map((joining) => this.#joinOne(plan, joining, mayComeBack));
  }

  #joinOne(plan: ModelPlan, { reader: id, name, place, dueAt }: ModelJoining, mayComeBack: boolean): string {
    const reader = this.reader(id);
    const { now } = this.state;
    if (reader.suppressed) return 'suppressed';
    const { membership } = reader;
    if (membership?.state === 'active') {
      if (name !== '') reader.name = name;
      return 'known';
    }
    if (membership && !mayComeBack) return 'left';
    reader.isKnown = true;
    if (name !== '') reader.name = name;
    reader.membership = { state: 'active', at: now, reason: '' };
    reader.pausedUntil = undefined;
    const kept = reader.keptDue ?? 0;
    reader.keptDue = undefined;
    const isNew = membership === undefined || !this.#has('join goes on after what was had');
    const had = this.#has('join goes on after what is in doubt') ? ['accepted', 'held'] : ['accepted'];
    const { claim } = reader;
    const isUnderWay = claim !== undefined && (claim.state === 'submitting' || claim.doubted);
    const again =
      isUnderWay && claim && this.#has('join goes back to what is going over')
        ? claim.issue
        : placeAgain(plan, reader, place, had);
    const standsAt = isNew ? place : again;
    if (membership !== undefined) this.#beginAnew(reader, standsAt);
    this.#enter(reader, standsAt, Math.max(dueAt ?? now, kept));
    this.#count('joined');
    return membership === undefined ? 'added' : 'rejoined';
  }

  #beginAnew(reader: ReaderState, issue: string): void {
    const became = reader.history[issue]?.outcome;
    if (became === 'rejected' || became === 'skipped') this.#takeBack(reader, issue, became);
  }

  migrate(plan: ModelPlan): void {
    const known = this.state.plan;
    if (known.revision >= plan.revision) return;
    if (known.revision !== plan.revision - 1) throw new Error('behind');
    const releases = plan.issues.flatMap(({ id, releaseAt }) =>
      releaseAt === undefined ? [] : [[id, releaseAt]],
    );
    this.state.plan = {
      revision: plan.revision,
      state: plan.state,
      startAt: plan.startAt,
      releases: Object.fromEntries(releases) as Record<string, number>,
    };
    for (const reader of Object.values(this.state.readers)) this.#move(reader, plan);
  }

  #move(reader: ReaderState, plan: ModelPlan): void {
    const { claim } = reader;
    const stays =
      claim &&
      (claim.state === 'submitting' || claim.doubted) &&
      this.#has('migrate lets stay what is going over');
    if (
      reader.detour &&
      plan.moves.length > 0 &&
      this.#has('migrate leaves who is on a detour where they are')
    )
      return this.#moveOnDetour(reader, reader.detour, plan, stays === true);
    const before = { ...reader.waiting };
    const moves = plan.moves.filter(
      ({ from }) => before[from] !== undefined && !(stays && claim.issue === from),
    );
    for (const { from } of moves) delete reader.waiting[from];
    for (const { from, to } of moves) {
      reader.waiting[to] = Math.max(before[from] ?? 0, reader.waiting[to] ?? 0);
      this.#count(`${from}:entered`, -1);
      this.#count(`${to}:entered`);
    }
  }

  resolve(
    plan: ModelPlan,
    id: string,
    decision: 'again' | { next: string; dueAt: number },
  ): boolean | 'stale-plan' {
    if (this.state.plan.revision !== plan.revision) return 'stale-plan';
    const reader = this.reader(id);
    const { held } = reader;
    if (!held) return false;
    reader.held = undefined;
    this.#count(`${held.issue}:held`, -1);
    if (decision === 'again') {
      reader.claim = { ...held, state: 'deferred' };
      reader.waiting[held.issue] = this.state.now;
      if (reader.history[held.issue]?.outcome === 'held') delete reader.history[held.issue];
      return true;
    }
    this.#count(`${held.issue}:accepted`);
    const place = this.#onwards(reader, decision.next);
    this.#enter(reader, place, decision.dueAt);
    forgetThanks(reader);
    reader.history[held.issue] = { outcome: 'accepted', at: this.state.now, reason: '' };
    if (decision.next === END) this.#noteFinished(reader);
    return true;
  }

  /** What is behind the end of a detour comes by itself, what was taken out does not come, and the rest in the order of the series. */
  #moveOnDetour(reader: ReaderState, way: readonly string[], plan: ModelPlan, stays: boolean): void {
    const live = liveOf(plan).map(({ id }) => id);
    const [standsAt = END] = way;
    const end = way.at(-1) ?? END;
    const moved = this.#has('migrate moves where a detour ends')
      ? (plan.moves.find(({ from }) => from === end)?.to ?? end)
      : end;
    const position = (place: string) => (place === END ? Infinity : live.indexOf(place));
    const isFirstKept = (stays && reader.claim?.issue === standsAt) || reader.held !== undefined;
    const rest = way
      .slice(isFirstKept ? 1 : 0, -1)
      .filter((id) => live.includes(id) && (position(id) < position(moved) || position(moved) < 0))
      .toSorted((a, b) => position(a) - position(b));
    const changed = [...(isFirstKept ? [standsAt] : []), ...rest, moved];
    this.#detour(reader, changed);
    const [place = END] = changed;
    const due = reader.waiting[standsAt];
    if (place === standsAt) return;
    delete reader.waiting[standsAt];
    if (due !== undefined) reader.waiting[place] = due;
    this.#count(`${standsAt}:entered`, -1);
    this.#count(`${place}:entered`);
  }

  /** Sends an issue again to who has missed it. */
  resend(plan: ModelPlan, issue: string, order: ModelResend): string {
    if (this.state.plan.revision !== plan.revision) return 'stale-plan';
    const reader = this.reader(order.reader);
    const refusal = this.#refuseResend(reader, issue, order);
    if (refusal !== undefined) return refusal;
    const way = reader.detour ?? [order.place];
    if (way.includes(issue)) return 'coming-already';
    const live = liveOf(plan).map(({ id }) => id);
    const position = (place: string) => (place === END ? Infinity : live.indexOf(place));
    if (position(order.place) < 0) return 'under-way';
    if (position(way.at(-1) ?? END) <= position(issue)) return 'coming-already';

    const ahead = [issue, ...way.slice(0, -1)].toSorted((a, b) => position(a) - position(b));
    const longer = [...ahead, way.at(-1) ?? END];
    if (longer[0] !== order.place) {
      const { claim } = reader;
      const isLive = claim?.token !== undefined && claim.issue === order.place;
      const isTaken = claim && (claim.state === 'submitting' || claim.doubted || isLive);
      if (isTaken && this.#has('resend looks at what is under way')) return 'under-way';
    }
    this.#takeBack(reader, issue, order.became);
    if (longer[0] !== order.place) this.#goBack(reader, issue, order);
    this.#detour(reader, longer);
    return 'coming';
  }

  #refuseResend(reader: ReaderState, issue: string, order: ModelResend): string | undefined {
    if (!reader.isKnown || reader.membership?.state !== 'active') return 'ended';
    if (reader.suppressed) return 'suppressed';
    const outcome = reader.history[issue]?.outcome;
    const isDoubted = (reader.uncertain[issue] ?? 0) > 0 && this.#has('resend looks at a doubt');
    if (reader.held || outcome === 'held') return 'in-doubt';
    if (outcome === 'accepted' && this.#has('resend looks at what was had')) return 'had';
    if (isDoubted) return 'in-doubt';
    const standsAt = reader.detour?.[0] ?? order.place;
    if (reader.waiting[order.place] === undefined || standsAt !== order.place) return 'changed';
    if (latestHad(reader) !== order.lastHad) return 'changed';
    return (outcome === 'accepted' ? '' : (outcome ?? '')) === order.became ? undefined : 'changed';
  }

  #takeBack(reader: ReaderState, issue: string, became: ModelResend['became']): void {
    delete reader.history[issue];
    if (became === '') return;
    const counted = became === 'rejected' ? 'rejected' : 'suppressed';
    this.#count(`${issue}:${counted}`, -1);
    this.#count(`${issue}:${counted}Again`);
    this.#count(`${issue}:entered`, -1);
  }

  #goBack(reader: ReaderState, issue: string, { place, gapEnd }: ModelResend): void {
    const { now } = this.state;
    const gapIsOver = this.#has('resend keeps the gap') ? Math.max(now, gapEnd ?? 0) : now;
    const retryAt = reader.claim?.issue === place ? (reader.claim.retryAt ?? 0) : 0;
    const pausedUntil = reader.pausedUntil ?? 0;
    if (pausedUntil > now) reader.keptDue = gapIsOver > now ? gapIsOver : undefined;
    delete reader.waiting[place];
    reader.claim = undefined;
    this.#count(`${place}:entered`, -1);
    this.#enter(reader, issue, Math.max(gapIsOver, pausedUntil, retryAt));
  }

  #onwards(reader: ReaderState, otherwise: string): string {
    const { detour } = reader;
    if (!detour) return otherwise;
    const rest = detour.slice(1);
    this.#detour(reader, rest);
    return rest[0] ?? END;
  }

  #detour(reader: ReaderState, way: string[] | undefined): void {
    this.#tally(reader.detour, -1);
    reader.detour = way === undefined || way.length < 2 ? undefined : way;
    this.#tally(reader.detour, 1);
  }

  #tally(way: readonly string[] | undefined, n: number): void {
    if (!way) return;
    this.#count(`${way[0]}:onDetour`, n);
    for (const place of way.slice(1, -1)) this.#count(`${place}:detourAhead`, n);
    this.#count(`${way.at(-1)}:detourEnd`, n);
  }

  /** A reader's break; `gapEnd` = when the gap after the last issue they had is over. */
  pause(plan: ModelPlan, id: string, until: number, gapEnd: number | undefined): 'done' | 'ended' {
    const { reader, place, isPaused, claim, isGoingOver } = this.#wisher(plan, id);
    const { now } = this.state;
    if (!reader) return 'ended';
    reader.pausedUntil = until;
    if (place === undefined || isGoingOver) return 'done';
    const score = reader.waiting[place] ?? 0;
    const isClaimed = claim?.token !== undefined && score > now;
    let due = isPaused ? Math.max(now, gapEnd ?? 0) : score;
    if (claim?.token !== undefined && (isClaimed || this.#has('a break takes back every claim'))) {
      withdraw(reader, claim);
      due = now;
    }
    due = Math.max(due, claim?.retryAt ?? 0);
    reader.keptDue = due > now ? due : undefined;
    reader.waiting[place] = Math.max(due, until);
    return 'done';
  }

  resume(plan: ModelPlan, id: string, gapEnd: number | undefined): 'done' | 'ended' {
    const { reader, place, isPaused, claim, isGoingOver } = this.#wisher(plan, id);
    const { now } = this.state;
    if (!reader) return 'ended';
    reader.pausedUntil = undefined;
    reader.keptDue = undefined;
    if (!isPaused || place === undefined || isGoingOver) return 'done';
    if (claim?.token !== undefined && (reader.waiting[place] ?? 0) > now) return 'done';
    reader.waiting[place] = Math.max(now, gapEnd ?? 0, claim?.retryAt ?? 0);
    return 'done';
  }

  #wisher(plan: ModelPlan, id: string) {
    const found = this.reader(id);
    const isReading = found.isKnown && found.membership?.state === 'active' && !found.suppressed;
    const reader = isReading ? found : undefined;
    const place = placesOf(plan).find((one) => found.waiting[one] !== undefined);
    const { claim } = found;
    const isGoingOver = claim?.state === 'submitting';
    const isOfPlace = claim && (claim.issue === place || isGoingOver);
    return {
      reader,
      place,
      isPaused: (found.pausedUntil ?? 0) > this.state.now,
      claim: isOfPlace ? claim : undefined,
      isGoingOver,
    };
  }

  suppress(id: string, reason: string): void {
    this.reader(id).suppressed = { reason, at: this.state.now };
  }

  /** Forgets a person: what `leave` and the deletion of the record leave behind. */
  erase(plan: ModelPlan, id: string): void {
    if (!this.reader(id).isKnown) return;
    this.suppress(id, 'erased');
    this.leave(plan, id, 'erased');
    const { waiting, claim, held, suppressed } = this.reader(id);
    this.state.readers[id] = { ...unknownReader(), waiting, claim, held, suppressed };
  }

  #enter(reader: ReaderState, place: string, due: number): void {
    reader.waiting[place] = due;
    this.#count(`${place}:entered`);
  }

  #count(field: string, n = 1): void {
    addTo(this.state.counts, field, n);
  }

  #dueAt(id: string, issue: string): number {
    return this.state.readers[id]?.waiting[issue] ?? 0;
  }

  #has(guard: Guard): boolean {
    return this.#without !== guard;
  }
}

/** When a reader last had an issue. */
/** A server's words are kept of the newest acceptance only. */
function forgetThanks({ history }: ReaderState): void {
  for (const entry of Object.values(history)) if (entry.outcome === 'accepted') entry.reason = '';
}

export function latestHad({ history }: ReaderState): number | undefined {
  const times = Object.values(history)
    .filter(({ outcome }) => outcome === 'accepted')
    .map(({ at }) => at);
  return times.length === 0 ? undefined : Math.max(...times);
}

/** Who waits and has been put off, or is in doubt: `who deferred:issue`. Follows from the rest of the state. */
export const standingApart = ({ readers }: LedgerState): string[] =>
  Object.entries(readers).flatMap(([who, { waiting, claim }]) => {
    if (claim === undefined || waiting[claim.issue] === undefined) return [];
    if (claim.doubted) return [`${who} doubted:${claim.issue}`];
    return claim.attempt > 1 ? [`${who} deferred:${claim.issue}`] : [];
  });

const isDue = (score: number | undefined, now: number, waits: boolean): boolean =>
  score !== undefined && (score <= now || !waits);

function addTo(record: Record<string, number>, field: string, n: number): void {
  record[field] = (record[field] ?? 0) + n;
}

function waitHere(reader: ReaderState, claim: ClaimRecord, issue: string, dueAt: number): void {
  claim.token = undefined;
  claim.retryAt = dueAt;
  reader.waiting[issue] = dueAt;
}

/** A claim that has submitted nothing leaves nothing; one of a repeat keeps the bytes. */
function withdraw(reader: ReaderState, claim: ClaimRecord): void {
  if (!claim.tried) {
    reader.claim = undefined;
    return;
  }
  claim.state = claim.state === 'submitting' ? 'uncertain' : 'deferred';
  claim.token = undefined;
}

function placeAgain(plan: ModelPlan, reader: ReaderState, place: string, had: readonly string[]): string {
  const live = liveOf(plan).map(({ id }) => id);
  let furthest = 0;
  live.forEach((issue, index) => {
    if (had.includes(reader.history[issue]?.outcome ?? '')) furthest = index + 1;
    if (issue === place && index + 1 > furthest) furthest = index;
  });
  if (place === END) return place;
  return live[furthest] ?? (live.length === 0 ? place : END);
}
