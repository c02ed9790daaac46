import { setTimeout as sleep } from 'node:timers/promises';
import { composeSeries } from '../../actions/compose-series.ts';
import { joinSeries } from '../../actions/join-series.ts';
import { planSeries } from '../../actions/plan-series.ts';
import { scheduleSeries } from '../../actions/schedule-series.ts';
import type { App } from '../../app.ts';
import { parseEmailAddress } from '../../domain/email-address.ts';
import { formatProblem, isError } from '../../domain/problem.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Series } from '../../domain/series.ts';
import { subscriberIdOf } from '../../domain/subscriber.ts';
import type { Terminal } from '../terminal.ts';
import type { Cast, DemoReader } from './cast.ts';

/** Composes and schedules the series with gaps of `gapMs`, and lets the readers come one after another until `stopping`. */
export async function playSeries(
  app: App,
  terminal: Terminal,
  cast: Cast,
  gapMs: number,
  stopping: AbortSignal,
): Promise<void> {
  for (const series of cast.series) await scheduleSpedUp(app, terminal, series, gapMs);
  await Promise.all(cast.readers.map((reader) => comeLater(app, terminal, reader, stopping)));
}

async function scheduleSpedUp(app: App, terminal: Terminal, series: Series, gapMs: number): Promise<void> {
  const began = performance.now();
  const tools = { composer: await app.composer(), lint: app.lint };
  const composed = await composeSeries(tools, asInDemo(series, gapMs));
  for (const problem of composed.problems) terminal.say(formatProblem(problem));
  if (composed.problems.some(isError)) throw new Error(`The example series "${series.id}" has errors.`);

  const report = await planSeries(app, composed, { choices: { every: { kind: 'elapsed', ms: gapMs } } });
  const result = await scheduleSeries(app, report);
  if (isRefusal(result)) throw new Error(result.message);
  const ms = Math.round(performance.now() - began);
  terminal.say(`Composed and scheduled "${series.title}": ${series.issues.length} issues in ${ms} ms.`);
}

/** Paces that are as quick as its days, and a letter when it is over, which nobody who reads a series of their own has to want. */
const asInDemo = (series: Series, gapMs: number): Series => ({
  ...series,
  paces: [2, 7].map((days) => ({ kind: 'elapsed', ms: days * gapMs })),
  letters: ['goodbye', 'finished'],
});

async function comeLater(
  app: App,
  terminal: Terminal,
  reader: DemoReader,
  stopping: AbortSignal,
): Promise<void> {
  const isTime = await sleep(reader.afterMs, true, { signal: stopping }).catch(() => false);
  const address = parseEmailAddress(reader.address);
  if (!isTime || address === undefined) return;
  const subscriber = { id: subscriberIdOf(address, app.salt), address, name: '' };
  await joinSeries(app, reader.series as Series['id'], [{ subscriber }], {
    source: 'demo',
    mayComeBack: true,
  });
  terminal.say(`  + ${reader.address} begins "${reader.series}"`);
}
