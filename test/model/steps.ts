import { latestHad, type Guard } from './ledger-model.ts';
import { unknownReader, type ModelIssue, type ModelPlan, type ModelSettlement } from './ledger-state.ts';
import { EDITS, END, liveOf, placeAfter, type EditName } from './plan-edits.ts';
import {
  bytesOf,
  GAP,
  ledgerOf,
  LEASE,
  plansOf,
  READER,
  readerOf,
  type Answer,
  type Budgets,
  type Scope,
  type Work,
  type World,
} from './world.ts';

/** Something that may happen next. `everywhere` = to all readers at once: time, a crash, a change of the plan. */
export interface Step {
  readonly name: string;
  readonly isEverywhere: boolean;
  /** Changes a world of its own; returns the promise it breaks. */
  act(world: World, without?: Guard): string | undefined | void;
}

/** All that may happen to a world next. */
export function stepsFrom(world: World, scope: Scope, without?: Guard): Step[] {
  const plans = plansOf(world.edits);
  const committed = plans.at(-1);
  const inForce = plans[world.ledger.plan.revision];
  if (committed === undefined || inForce === undefined) throw new Error('No plan.');
  const setting: Setting = { world, scope, plans, committed, inForce, without };
  return [
    ...timeAndChange(setting),
    ...worker(setting, 0),
    ...worker(setting, 1),
    ...wishes(setting),
    ...operator(setting),
    ...resends(setting),
  ];
}

interface Setting {
  readonly world: World;
  readonly scope: Scope;
  readonly plans: readonly ModelPlan[];
  readonly committed: ModelPlan;
  /** What the partition knows. */
  readonly inForce: ModelPlan;
  readonly without: Guard | undefined;
}

function timeAndChange({ world, scope, committed, inForce }: Setting): Step[] {
  const steps: Step[] = [
    everywhere('time passes', (after) => {
      after.ledger.now++;
      after.witness.silence = Math.min(3, after.witness.silence + 1);
      after.workers = after.workers.map((work) => work && { ...work, isLapsed: true }) as World['workers'];
    }),
  ];
  if (world.left.crash > 0)
    for (const which of [0, 1] as const)
      steps.push(
        everywhere(`worker ${which} crashes`, (after) => {
          after.left.crash--;
          after.workers[which] = undefined;
        }),
      );
  if (committed !== inForce) return [...steps, bringUp(committed)];
  if (world.left.edit === 0) return steps;
  for (const name of scope.edits) {
    if (EDITS[name](committed) === undefined || isRefused(world, committed, name)) continue;
    steps.push(
      everywhere(`the writer: ${name}`, (after) => {
        after.left.edit--;
        after.edits.push(name);
      }),
    );
  }
  return steps;
}

/** Nothing is put back while a copy of it is under way: it would come before what is now ahead of it. */
function isRefused(world: World, plan: ModelPlan, name: EditName): boolean {
  const { waiting, claim, held } = readerOf(world);
  const isUnderWay = ({ id, retired }: ModelIssue) =>
    retired === true && (waiting[id] !== undefined || claim?.issue === id || held?.issue === id);
  return name === 'put back at the end' && plan.issues.some(isUnderWay);
}

function bringUp(plan: ModelPlan): Step {
  return everywhere('the partition is brought up', (after, without) => {
    const end = readerOf(after).detour?.at(-1);
    ledgerOf(after, without).migrate(plan);
    notePassed(after, plan, end && (plan.moves.find(({ from }) => from === end)?.to ?? end));
  });
}

/** `end` = where a reader on a detour must go on now. */
function notePassed({ ledger, witness }: World, plan: ModelPlan, end: string | undefined): void {
  const reader = ledger.readers[READER];
  const standsAt = Object.keys(reader?.waiting ?? {})[0];
  const place = end ?? standsAt ?? reader?.held?.issue ?? reader?.claim?.issue ?? END;
  const order = [...plan.issues.map(({ id }) => id), END];
  const behind = order.slice(0, Math.max(0, order.indexOf(place)));
  witness.passed = [
    ...new Set([...witness.passed, ...behind.filter((id) => id.startsWith('new-'))]),
  ].toSorted();
}

function worker(setting: Setting, which: 0 | 1): Step[] {
  const work = setting.world.workers[which];
  if (work === undefined) return claims(setting, which);
  const mayBegin = !work.isLapsed || setting.without === 'a worker begins nothing under a lapsed claim';
  switch (work.phase) {
    case 'claimed':
      return [
        renews(which, work),
        submits(which, work),
        ...afford(setting, 'absent', [answers(setting, which, work, 'absent')]),
      ];
    case 'granted':
      return [
        renews(which, work),
        ...(mayBegin ? begins(setting, which, work) : []),
        ...afford(setting, 'absent', [answers(setting, which, work, 'absent')]),
      ];
    case 'answered':
      return [renews(which, work), ...settles(setting, which, work)];
  }
}

function renews(which: 0 | 1, work: Work): Step {
  const { delivery } = work;
  return local(`worker ${which} renews`, (after, without) => {
    const [isOurs] = ledgerOf(after, without).extend(delivery.issue, [delivery], LEASE);
    if (isOurs === true) {
      after.witness.silence = 0;
      after.workers[which] = { ...work, isLapsed: false };
    } else if (work.phase !== 'answered') after.workers[which] = undefined;
  });
}

function begins(setting: Setting, which: 0 | 1, work: Work): Step[] {
  const hears = (answer: Answer) => answers(setting, which, work, answer);
  return [
    hears('taken'),
    ...afford(setting, 'cut', [hears('lost'), hears('cut')]),
    ...afford(setting, 'refuse', [hears('later'), hears('never'), hears('dead')]),
  ];
}

const afford = ({ world }: Setting, what: keyof Budgets, steps: readonly Step[]): readonly Step[] =>
  world.left[what] > 0 ? steps : [];

function claims({ world, committed, inForce, without }: Setting, which: 0 | 1): Step[] {
  if (committed !== inForce) return [];
  const due = Object.entries(readerOf(world).waiting).filter(
    ([place, at]) =>
      committed.issues.some(({ id }) => id === place) &&
      (at <= world.ledger.now || without === 'claim waits for the due time'),
  );
  const { claim: record } = readerOf(world);
  const sender =
    record?.state === 'submitting' &&
    world.workers.some((one) => one !== undefined && one.delivery.token === record.token);
  if (sender && record.missed && world.left.timeout === 0) return [];
  return due.flatMap(([issue]) => [
    local(`worker ${which} claims ${issue}`, (after, without) =>
      claim(after, which, { plan: committed, issue, submits: false }, without),
    ),
    local(`worker ${which} claims and submits ${issue}`, (after, without) =>
      claim(after, which, { plan: committed, issue, submits: true }, without),
    ),
  ]);
}

function claim(
  after: World,
  which: 0 | 1,
  { plan, issue, submits }: { plan: ModelPlan; issue: string; submits: boolean },
  without?: Guard,
): string | undefined {
  const before = { ...readerOf(after).claim };
  const wasSent = before.state === 'submitting' && before.issue === issue;
  const wasDoubted = readerOf(after).uncertain[issue] ?? 0;
  const model = ledgerOf(after, without);
  const terms = { limit: 1, lease: LEASE, onUncertain: after.onUncertain, submits };
  const [delivery] = model.claim(plan, issue, terms);
  const reader = readerOf(after);
  const isTakenOver = wasSent && (delivery !== undefined || (reader.uncertain[issue] ?? 0) > wasDoubted);
  if (isTakenOver && after.workers.some((one) => one !== undefined && one.delivery.token === before.token))
    after.left.timeout--;
  if (isTakenOver && after.witness.silence < 2)
    return 'patience: taken over from a worker that was heard of within two leases';
  if (delivery === undefined || typeof delivery === 'string') return undefined;
  const phase = submits ? 'granted' : 'claimed';
  after.workers[which] = { delivery, revision: plan.revision, phase, isLapsed: false };
  if (submits) after.witness.silence = 0;
  if (reader.suppressed) return 'consent: claimed for a suppressed address';
  if (reader.membership?.state !== 'active') return 'consent: claimed for who has left';
  if ((reader.pausedUntil ?? 0) > after.ledger.now) return 'consent: claimed during a break';
  if (reader.history[issue]?.outcome === 'accepted') return 'once: claimed what is on record as accepted';
  return undefined;
}

function submits(which: 0 | 1, work: Work): Step {
  const { delivery } = work;
  return local(`worker ${which} submits`, (after, without) => {
    const reader = readerOf(after);
    const isLatest = reader.claim?.token === delivery.token;
    const [granted] = ledgerOf(after, without).submit(delivery.issue, [delivery], LEASE);
    after.workers[which] = granted === true ? { ...work, phase: 'granted', isLapsed: false } : undefined;
    if (granted !== true) return undefined;
    after.witness.silence = 0;
    if (!isLatest) return 'fence: a stale token may send';
    if (reader.membership?.state !== 'active') return 'consent: begun after the reader has left';
    if ((reader.pausedUntil ?? 0) > after.ledger.now) return 'consent: begun during a break';
    if (after.ledger.plan.state !== 'running') return 'consent: begun after the series was paused';
    if (reader.history[delivery.issue]?.outcome === 'accepted')
      return 'once: begun what is on record as accepted';
    return undefined;
  });
}

function answers({ inForce }: Setting, which: 0 | 1, work: Work, answer: Answer): Step {
  const { issue } = work.delivery;
  return local(`worker ${which} hears "${answer}"`, (after) => {
    const { witness, left } = after;
    after.workers[which] = { ...work, phase: 'answered', answer };
    if (answer === 'absent') {
      left.absent--;
      return undefined;
    }
    const broken = bodyBegins(after, inForce, work);
    if (answer === 'lost' || answer === 'cut') left.cut--;
    else if (answer !== 'taken') left.refuse--;
    if (['taken', 'lost', 'cut'].includes(answer)) witness.copies[issue] = (witness.copies[issue] ?? 0) + 1;
    if (answer === 'taken' || answer === 'lost') witness.taken[issue] = (witness.taken[issue] ?? 0) + 1;
    return broken;
  });
}

function bodyBegins({ ledger, witness }: World, plan: ModelPlan, { delivery }: Work): string | undefined {
  const { issue } = delivery;
  const { history, claim, isKnown } = ledger.readers[READER] ?? unknownReader();
  if (!isKnown) return undefined;
  if (claim?.token !== undefined && claim.token !== delivery.token)
    return 'fence: a message is begun under a claim that another has';
  const isSettled = (id: string) =>
    history[id] !== undefined || witness.assumed.includes(id) || witness.passed.includes(id);
  const ahead = plan.issues.slice(
    0,
    plan.issues.findIndex(({ id }) => id === issue),
  );
  const open = ahead.find(({ id, retired }) => !isSettled(id) && (!retired || (witness.taken[id] ?? 0) > 0));
  if (open !== undefined) return `order: ${issue} goes out before ${open.id} is settled`;
  const { heard } = witness;
  if (
    heard !== undefined &&
    heard.issue !== issue &&
    (witness.copies[issue] ?? 0) === 0 &&
    ledger.now < heard.at + GAP
  )
    return `gap: ${issue} goes out ${ledger.now - heard.at} after ${heard.issue}`;
  const bytes = bytesOf(delivery);
  witness.bytes[issue] ??= bytes;
  if (witness.bytes[issue] !== bytes && (witness.copies[issue] ?? 0) > 0)
    return `once: another copy of ${issue} has other bytes`;
  if ((witness.copies[issue] ?? 0) === 0) witness.bytes[issue] = bytes;
  return undefined;
}

function settles({ committed, inForce, plans, without }: Setting, which: 0 | 1, work: Work): Step[] {
  const steps: Step[] = [];
  if (committed === inForce) steps.push(settlesUnder(committed, which, work));
  const old = plans[work.revision];
  if (without === 'settle refuses another plan' && old !== undefined && old !== inForce)
    steps.push(settlesUnder(old, which, work));
  return steps;
}

function settlesUnder(plan: ModelPlan, which: 0 | 1, work: Work): Step {
  const { delivery } = work;
  return local(`worker ${which} settles under plan ${plan.revision}`, (after, without) => {
    const model = ledgerOf(after, without);
    const reader = readerOf(after);
    const isLatest = reader.claim?.token === delivery.token;
    const before = JSON.stringify(reader);
    const settled = model.settle(plan, delivery.issue, [settlementFor(after, plan, work)]);
    after.workers[which] = undefined;
    const { history, isKnown } = readerOf(after);
    const isChanged = JSON.stringify(readerOf(after)) !== before;
    if (!isLatest && isChanged) return 'fence: a stale token settles something';
    if (!isLatest || work.answer !== 'taken' || settled === 'stale-plan') return undefined;
    after.witness.heard = { issue: delivery.issue, at: after.ledger.now };
    const isOnRecord = history[delivery.issue]?.outcome === 'accepted' || !isKnown;
    return isOnRecord
      ? undefined
      : `once: the server has said that it has ${delivery.issue}, and that is not on record`;
  });
}

function settlementFor(
  world: World,
  plan: ModelPlan,
  { delivery, answer = 'absent' }: Work,
): ModelSettlement {
  const { now } = world.ledger;
  const { reader, token, issue } = delivery;
  const onwards = { reader, token, next: placeAfter(plan, issue), dueAt: now + GAP, reason: 'because' };
  const again = { ...onwards, next: issue, dueAt: now + 1 };
  switch (answer) {
    case 'taken':
      return { ...onwards, kind: 'accepted' };
    case 'never':
      return { ...onwards, kind: 'rejected' };
    case 'dead':
      return { ...onwards, kind: 'dead' };
    case 'later':
      return { ...again, kind: 'deferred' };
    case 'lost':
    case 'cut':
      return world.onUncertain === 'hold' ? { ...again, kind: 'held' } : { ...again, kind: 'uncertain' };
    case 'absent':
      return { ...again, kind: 'released', dueAt: now };
  }
}

function wishes({ world, committed, inForce, plans }: Setting): Step[] {
  const reader = readerOf(world);
  const steps: Step[] = [];
  const isActive = reader.membership?.state === 'active';
  const { left } = world;
  if (left.leave > 0 && isActive) {
    steps.push(spend('leave', 'the reader leaves', (after, without) => leaves(after, committed, without)));
    const old = plans[committed.revision - 1];
    if (old !== undefined && committed.revision > 1)
      steps.push(
        spend('leave', 'the reader is leaving by the old plan', (after, without) => {
          forgoes(after);
          ledgerOf(after, without).leave(old, READER, 'unsubscribed');
        }),
      );
  }
  if (
    !isActive &&
    reader.isKnown &&
    !world.witness.hasLeft &&
    !reader.suppressed &&
    Object.keys(reader.waiting).length > 0
  )
    steps.push(
      local('the reader leaves by the new plan, too', (after, without) => leaves(after, committed, without)),
    );
  if (
    left.comeBack > 0 &&
    world.witness.hasLeft &&
    !reader.suppressed &&
    reader.isKnown &&
    committed === inForce
  )
    steps.push(
      spend('comeBack', 'the reader comes back', (after, without) => comesBack(after, committed, without)),
    );
  if (left.suppress > 0 && isActive)
    steps.push(
      spend('suppress', 'the address is suppressed', (after, without) =>
        ledgerOf(after, without).suppress(READER, 'complaint'),
      ),
    );
  if (left.erase > 0 && reader.isKnown)
    steps.push(
      spend('erase', 'the reader is erased', (after, without) =>
        ledgerOf(after, without).erase(committed, READER),
      ),
    );
  if (!isActive || committed !== inForce) return steps;
  if (left.pause > 0)
    steps.push(
      spend(
        'pause',
        'the reader takes a break',
        (after, without) =>
          void ledgerOf(after, without).pause(committed, READER, after.ledger.now + GAP, gapEndOf(after)),
      ),
    );
  if (reader.pausedUntil !== undefined)
    steps.push(
      local(
        'the reader ends the break',
        (after, without) => void ledgerOf(after, without).resume(committed, READER, gapEndOf(after)),
      ),
    );
  return steps;
}

function leaves(after: World, plan: ModelPlan, without?: Guard): void {
  forgoes(after);
  ledgerOf(after, without).leave(plan, READER, 'unsubscribed');
  after.witness.hasLeft = true;
}

/** Whoever leaves while they are sent an issue again goes on behind what they have had when they come back. */
function forgoes(after: World): void {
  const again = readerOf(after).detour?.slice(0, -1) ?? [];
  after.witness.passed = [...new Set([...after.witness.passed, ...again])].toSorted();
}

function comesBack(after: World, plan: ModelPlan, without?: Guard): void {
  const place = liveOf(plan)[0]?.id ?? END;
  ledgerOf(after, without).join(plan, [{ reader: READER, name: '', place }], true);
  after.witness.hasLeft = false;
  // Who comes back begins a new subscription to what the series is now: an issue taken out of it is not ahead of anything any more.
  const takenOut = plan.issues.filter(({ retired }) => retired).map(({ id }) => id);
  after.witness.passed = [...new Set([...after.witness.passed, ...takenOut])].toSorted();
}

function gapEndOf(world: World): number | undefined {
  const times = Object.values(readerOf(world).history)
    .filter(({ outcome }) => outcome === 'accepted')
    .map(({ at }) => at);
  return times.length === 0 ? undefined : Math.max(...times) + GAP;
}

/** Whoever asks for it has looked a moment ago. */
function resends({ world, committed, inForce }: Setting): Step[] {
  const reader = readerOf(world);
  const place = Object.keys(reader.waiting)[0];
  if (world.left.resend === 0 || committed !== inForce || place === undefined) return [];
  return liveOf(committed).map(({ id }) =>
    spend('resend', `${id} is sent again`, (after, without) => {
      const { history } = readerOf(after);
      const outcome = history[id]?.outcome;
      ledgerOf(after, without).resend(committed, id, {
        reader: READER,
        place,
        became: outcome === 'rejected' || outcome === 'skipped' ? outcome : '',
        lastHad: latestHad(readerOf(after)),
        gapEnd: gapEndOf(after),
      });
    }),
  );
}

function operator({ world, committed, inForce }: Setting): Step[] {
  const { held } = readerOf(world);
  if (!held || committed !== inForce || world.left.decide === 0) return [];
  return [
    spend('decide', 'the operator sends it again', (after, without) =>
      decide(after, committed, 'again', without),
    ),
    spend('decide', 'the operator takes it for accepted', (after, without) =>
      decide(after, committed, 'accepted', without),
    ),
  ];
}

/** The operator decides about what is held. */
export function decide(after: World, plan: ModelPlan, decision: 'again' | 'accepted', without?: Guard): void {
  const { witness } = after;
  const issue = readerOf(after).held?.issue ?? '';
  if (decision === 'again') {
    witness.again[issue] = (witness.again[issue] ?? 0) + 1;
    ledgerOf(after, without).resolve(plan, READER, 'again');
    return;
  }
  witness.assumed = [...new Set([...witness.assumed, issue])].toSorted();
  ledgerOf(after, without).resolve(plan, READER, {
    next: placeAfter(plan, issue),
    dueAt: after.ledger.now + GAP,
  });
}

type Act = (after: World, without?: Guard) => string | undefined | void;

const local = (name: string, act: Act): Step => ({ name, isEverywhere: false, act });

const everywhere = (name: string, act: Act): Step => ({ name, isEverywhere: true, act });

const spend = (what: keyof Budgets, name: string, act: Act): Step =>
  local(name, (world, without) => {
    world.left[what]--;
    return act(world, without);
  });
