// An operator, and the readers' pages, in a process of their own: does what JSON lines on stdin ask for with the product's own
// verbs, several at a time, and answers each with a JSON line of when it was asked, when it was done, and what came of it.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { changeState } from '../../src/actions/change-state.ts';
import { composeSeries } from '../../src/actions/compose-series.ts';
import { eraseSubscriber } from '../../src/actions/erase-subscriber.ts';
import { importSubscribers } from '../../src/actions/import-subscribers.ts';
import { joinSeries, placeNamed } from '../../src/actions/join-series.ts';
import { leaveSeries } from '../../src/actions/leave-series.ts';
import { planSeries } from '../../src/actions/plan-series.ts';
import { pauseReading } from '../../src/actions/reading/pause-reading.ts';
import { resumeReading } from '../../src/actions/reading/resume-reading.ts';
import { setPace } from '../../src/actions/reading/set-pace.ts';
import { scheduleSeries } from '../../src/actions/schedule-series.ts';
import { seriesStatus } from '../../src/actions/series-status.ts';
import { openApp, type App } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { HOUR_MS } from '../../src/domain/instant.ts';
import { silentLog } from '../../src/domain/log.ts';
import { formatProblem } from '../../src/domain/problem.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import type { Order, OrderOf } from './operator-process.ts';

const series = (process.argv[2] ?? '') as SeriesId;

async function open(): Promise<App> {
  const config = loadConfig(process.cwd());
  if (Array.isArray(config)) throw new Error(config.map(formatProblem).join('\n'));
  const app = await openApp(config, { log: silentLog });
  if (isRefusal(app)) throw new Error(`${app.message} ${app.fix}`);
  return app;
}

const app = await open();

const subscriberFor = (address: string, name = '') => ({
  id: subscriberIdOf(address as EmailAddress, app.salt),
  address: address as EmailAddress,
  name,
});
const ownerOf = (address: string) => ({ series, subscriber: subscriberFor(address).id });

const DOES: { [Name in Order['do']]: (order: OrderOf<Name>) => Promise<object> } = {
  schedule,
  state: async ({ state }) => ({ state: (await changeState(app, series, state))?.state }),
  leave: async ({ reader }) => ({ result: await leaveSeries(app, series, subscriberFor(reader).id) }),
  erase: async ({ reader }) => ({ result: await eraseSubscriber(app, subscriberFor(reader).id) }),
  join,
  import: importFile,
  wish: async (order) => ({ answer: await wish(order) }),
  status,
};

async function schedule(): Promise<object> {
  const { series: all, problems } = await app.load();
  const found = all.find(({ id }) => id === series);
  if (found === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  const composed = await composeSeries({ composer: await app.composer(), lint: app.lint }, found);
  const result = await scheduleSeries(app, await planSeries(app, composed, { choices: {} }));
  const state = (await app.store.plans.find(series))?.state;
  return isRefusal(result) ? { outcome: 'refused', why: result.message, state } : { outcome: result, state };
}

async function join({ reader, name, position, isForgiven }: OrderOf<'join'>): Promise<object> {
  const subscriber = subscriberFor(reader, name);
  if (isForgiven) await app.store.subscribers.unsuppress(subscriber.id);
  const plan = await app.store.plans.find(series);
  const place = position === undefined || plan === undefined ? undefined : placeNamed(plan, position);
  const joiner = { subscriber, ...(place !== undefined && { place }) };
  const [result] = await joinSeries(app, series, [joiner], { source: 'chaos', mayComeBack: true });
  return { result, ...(place !== undefined && { position: place }) };
}

async function importFile({ file }: OrderOf<'import'>): Promise<object> {
  const plan = await app.store.plans.find(series);
  const { added, known, rejoined, left, suppressed } = await importSubscribers(app, {
    series,
    rows: app.readSubscribers(createReadStream(file)),
    source: 'chaos',
    fingerprint: file,
    placeNamed: (name) => plan && placeNamed(plan, name),
  });
  return { counts: { added, known, rejoined, left, suppressed } };
}

async function wish({ reader, wish: wanted }: OrderOf<'wish'>): Promise<string> {
  const owner = ownerOf(reader);
  if (wanted === 'pause') return pauseReading(app, owner, (await app.store.now()) + 24 * HOUR_MS);
  if (wanted === 'resume') return resumeReading(app, owner);
  return setPace(app, owner, wanted === 'pace' ? { kind: 'elapsed', ms: HOUR_MS } : undefined);
}

async function status(): Promise<object> {
  const found = await seriesStatus(app, series);
  return { counts: Object.fromEntries((found?.issues ?? []).map(({ issue, ...counts }) => [issue, counts])) };
}

async function answer(line: string): Promise<void> {
  const { id, order } = JSON.parse(line) as { id: number; order: Order };
  const began = Date.now();
  let came: object;
  try {
    came = await DOES[order.do](order as never);
  } catch (error) {
    came = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.stdout.write(`${JSON.stringify({ id, began, acked: Date.now(), ...came })}\n`);
}

createInterface({ input: process.stdin })
  .on('line', (line) => void answer(line))
  .on('close', () => void app.close().then(() => process.exit(0)));
process.stdout.write('{}\n');
