import { createRequire } from 'node:module';

type Labels = Readonly<Record<string, string>>;

/** As `parse-prometheus-text-format` tells it, which ships no types. */
interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly metrics: readonly {
    readonly labels?: Labels;
    readonly value?: string;
    readonly buckets?: Labels;
    readonly count?: string;
    readonly sum?: string;
  }[];
}

/** An exposition in Prometheus' text format, read by somebody else's parser. */
export interface ReadMetrics {
  readonly families: readonly Family[];
  /** The number of a metric with just these labels; undefined = it is not there. */
  value(name: string, labels?: Labels): number | undefined;
  /** Each number of a metric with its labels. */
  values(name: string): (readonly [labels: Labels, value: number])[];
  /** Each metric that can be asked for, parts of histograms as well, with the names of its labels. */
  labelNames(): Map<string, string[]>;
}

const parse = createRequire(import.meta.url)('parse-prometheus-text-format') as (text: string) => Family[];

/** Throws on what Prometheus would refuse and the parser lets pass: a metric told twice, a number without a type. */
export function readMetrics(text: string): ReadMetrics {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.');
  const families = parse(text);
  refuseRepeats(families.map(({ name }) => name));
  refuseRepeats(text.split('\n').flatMap((line) => /^(?!#)(.+) \S+$/.exec(line)?.[1] ?? []));
  for (const { name, type, help, metrics } of families) {
    if (type === 'UNTYPED' || help === '') throw new Error(`${name} has no type or no help.`);
    for (const { value = '0' } of metrics)
      if (Number.isNaN(Number(value))) throw new Error(`${name} is ${value}.`);
  }
  const values = (name: string) =>
    (families.find((family) => family.name === name)?.metrics ?? []).map(
      ({ labels = {}, value }) => [labels, Number(value)] as const,
    );
  return {
    families,
    values,
    value: (name, labels = {}) =>
      values(name).find(([own]) => JSON.stringify(sorted(own)) === JSON.stringify(sorted(labels)))?.[1],
    labelNames: () => new Map(families.flatMap(namesOf)),
  };
}

function refuseRepeats(names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new Error(`${repeated} is told twice.`);
}

const sorted = (labels: Labels) => Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));

function namesOf({ name, type, metrics }: Family): [string, string[]][] {
  const labels = [...new Set(metrics.flatMap((metric) => Object.keys(metric.labels ?? {})))];
  if (type !== 'HISTOGRAM') return [[name, labels]];
  return [
    [`${name}_bucket`, [...labels, 'le']],
    [`${name}_sum`, labels],
    [`${name}_count`, labels],
  ];
}
