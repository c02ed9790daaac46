import { Counter, Gauge, Registry } from 'prom-client';
import { oneIf, type Figures, type Metric } from './metric.ts';
import { sendDurationText } from './send-duration.ts';
import { SERIES_METRICS } from './series-metrics.ts';
import { SYSTEM_METRICS } from './system-metrics.ts';

export interface Scrape {
  /** undefined = the ledger did not tell. */
  readonly figures: Figures | undefined;
  readonly isRedisUp: boolean;
  /** Of Partwork. */
  readonly version: string;
  /** How long it took so far. */
  readonly seconds: number;
}

export const CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Everything in Prometheus' text format. Nothing is kept from one scrape to the next: the ledger has the numbers. */
export async function exposition(scrape: Scrape): Promise<string> {
  const registry = new Registry();
  const { figures } = scrape;
  addOwn(registry, scrape);
  if (figures === undefined) return registry.metrics();
  for (const metric of [...SYSTEM_METRICS, ...SERIES_METRICS]) addMetric(registry, metric, figures);
  return [await registry.metrics(), sendDurationText(figures.times), figures.queueText].join('\n');
}

/** What is told also while the ledger is away. */
function addOwn(registry: Registry, { figures, isRedisUp, version, seconds }: Scrape): void {
  const add = (name: string, help: string, value: number, labels: Record<string, string> = {}) =>
    new Gauge({ name, help, labelNames: Object.keys(labels), registers: [registry] }).set(labels, value);
  add('partwork_up', '1 = the ledger has told all that is here.', oneIf(figures !== undefined));
  add('partwork_redis_up', '1 = Redis answers.', oneIf(isRedisUp));
  add('partwork_build_info', 'The version that answers.', 1, { version });
  add('partwork_scrape_duration_seconds', 'How long it took to gather all that is here.', seconds);
}

function addMetric(registry: Registry, { type, name, help, labels, read }: Metric, figures: Figures): void {
  const options = { name, help, labelNames: [...labels], registers: [registry] };
  if (type === 'gauge') {
    const gauge = new Gauge(options);
    for (const [of, value] of read(figures)) gauge.set(of, value);
  } else {
    const counter = new Counter(options);
    for (const [of, value] of read(figures)) counter.inc(of, value);
  }
}
