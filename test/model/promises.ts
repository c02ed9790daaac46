import { END, liveOf } from './plan-edits.ts';
import { decide } from './steps.ts';
import { plansOf, READER, readerOf, type World } from './world.ts';

/** What a state itself shows of broken promises; undefined where all are kept. */
export function brokenIn(world: World): string | undefined {
  return brokenOnce(world) ?? brokenPlace(world) ?? brokenOrder(world) ?? brokenCounts(world);
}

function brokenOnce(world: World): string | undefined {
  const { witness, onUncertain } = world;
  const { uncertain, history } = readerOf(world);
  for (const [issue, copies] of Object.entries(witness.copies)) {
    const doubts = onUncertain === 'hold' ? (witness.again[issue] ?? 0) : (uncertain[issue] ?? 0);
    if (readerOf(world).isKnown && copies > 1 + doubts)
      return `once: ${copies} copies of ${issue} for ${doubts} doubts`;
  }
  for (const [issue, { outcome }] of Object.entries(history)) {
    const isTaken = (witness.taken[issue] ?? 0) > 0 || witness.assumed.includes(issue);
    if (outcome === 'accepted' && !isTaken)
      return `loss: ${issue} is on record as accepted, and no server has it`;
  }
  return undefined;
}

function brokenPlace(world: World): string | undefined {
  const { waiting, membership, held } = readerOf(world);
  const places = Object.keys(waiting).length + (held ? 1 : 0);
  if (membership?.state === 'active' && places !== 1) return `loss: a reader stands at ${places} places`;
  if (membership?.state !== 'active' && places > 0 && world.witness.hasLeft)
    return 'consent: who has left still stands somewhere';
  return undefined;
}

function brokenOrder(world: World): string | undefined {
  const plan = plansOf(world.edits)[world.ledger.plan.revision];
  const { waiting, history, membership } = readerOf(world);
  if (membership?.state !== 'active' || plan === undefined) return undefined;
  const order = [...plan.issues.map(({ id }) => id), END];
  const place = Object.keys(waiting)[0];
  if (place === undefined) return undefined;
  const { assumed, passed } = world.witness;
  const ahead = order
    .slice(0, order.indexOf(place))
    .filter((id) => liveOf(plan).some((issue) => issue.id === id));
  const missed = ahead.find(
    (id) => history[id] === undefined && !assumed.includes(id) && !passed.includes(id),
  );
  return missed === undefined ? undefined : `loss: the reader stands at ${place} and never had ${missed}`;
}

function brokenCounts({ ledger }: World): string | undefined {
  const { counts, readers } = ledger;
  const membership = readers[READER]?.membership;
  const waiting = readers[READER]?.waiting ?? {};
  const of = (place: string, what: string) => counts[`${place}:${what}`] ?? 0;
  const places = new Set(
    [
      ...Object.keys(counts).filter((field) => field.includes(':')),
      ...Object.keys(waiting).map((place) => `${place}:`),
    ].map((field) => field.slice(0, field.indexOf(':'))),
  );
  for (const place of places) {
    const gone = ['accepted', 'rejected', 'suppressed', 'skipped', 'left', 'held'].reduce(
      (sum, what) => sum + of(place, what),
      0,
    );
    const here = waiting[place] === undefined ? 0 : 1;
    if (of(place, 'entered') !== gone + here)
      return `counts: ${of(place, 'entered')} came to ${place}, ${gone} went on, ${here} wait`;
  }
  const active = membership?.state === 'active' ? 1 : 0;
  const reading = (counts['joined'] ?? 0) - (counts['ended'] ?? 0);
  return reading === active || membership === undefined
    ? undefined
    : `counts: ${reading} readers are counted, ${active} read`;
}

/** What happens next when everything goes well from here on; `rest` = nothing is left to do for the reader. */
export function nextWhenAllGoesWell(
  world: World,
): { readonly names: readonly string[] } | { readonly world: World } | 'rest' {
  const committed = plansOf(world.edits).at(-1);
  const reader = readerOf(world);
  if (committed === undefined) throw new Error('No plan.');
  if (world.ledger.plan.revision < committed.revision) return { names: ['the partition is brought up'] };
  if (committed.state !== 'running') return { world: { ...world, edits: [...world.edits, 'resume'] } };
  const working = world.workers.findIndex((work) => work !== undefined);
  if (working >= 0)
    return {
      names: ['settles', 'hears "taken"', 'submits', 'renews'].map((does) => `worker ${working} ${does}`),
    };
  if (reader.membership?.state !== 'active') return 'rest';
  if (reader.held) {
    decide(world, committed, 'again');
    return { world };
  }
  return reader.waiting[END] === undefined ? { names: ['worker 0 claims', 'time passes'] } : 'rest';
}
