import { parser } from '@prometheus-io/lezer-promql';

/** What a PromQL expression asks for: each metric, and the labels it is chosen or grouped by. */
export interface Asked {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
}

/** Reads an expression with Prometheus' own grammar; Grafana's variables are filled in first. Throws where it is none. */
export function askedIn(expression: string): Asked {
  const text = expression.replaceAll(/\$__(?:rate_)?interval/g, '5m');
  const metrics = new Set<string>();
  const labels = new Set<string>();
  parser.parse(text).iterate({
    enter({ name, from, to, type }) {
      if (type.isError) throw new Error(`Not PromQL at ${from}: ${text.slice(from, from + 30)}… in ${text}`);
      if (name === 'Identifier') metrics.add(text.slice(from, to));
      if (name === 'LabelName') labels.add(text.slice(from, to));
    },
  });
  return { metrics: [...metrics], labels: [...labels] };
}
