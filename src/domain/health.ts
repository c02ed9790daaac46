import { describeAttention, titleIn, type Attention } from './attention.ts';
import type { Overview } from './overview.ts';

/** One thing that must be so for mail to go out. */
export interface HealthCheck {
  readonly check: 'workers' | 'mail-server' | 'progress' | 'series' | 'counts';
  readonly ok: boolean;
  /** What is so, in a sentence. */
  readonly says: string;
}

const OF: Readonly<Record<'progress' | 'series' | 'counts', readonly Attention['kind'][]>> = {
  progress: ['stuck'],
  series: ['not-running'],
  counts: ['counts-differ', 'places-differ'],
};

const FINE = {
  progress: 'Nothing is stuck.',
  series: 'No series has stopped by itself.',
  counts: 'All counts add up.',
} as const;

/** What an operator wants to be woken for. That mail is late is not among it: a large audience takes its time. */
export function healthOf({ workers, trouble, series }: Overview): HealthCheck[] {
  const attention = series.flatMap(({ attention, issues }) =>
    attention.map((one) => ({ one, title: titleIn(issues, one) })),
  );
  const found = (check: keyof typeof OF): HealthCheck => {
    const all = attention.filter(({ one }) => OF[check].includes(one.kind)).map(inWords);
    return { check, ok: all.length === 0, says: all.length === 0 ? FINE[check] : all.join(' ') };
  };
  return [
    workersCheck(workers.length),
    {
      check: 'mail-server',
      ok: trouble === undefined,
      says: trouble === undefined ? 'The mail server can be used.' : `Mail does not go out: ${trouble}.`,
    },
    found('progress'),
    found('series'),
    found('counts'),
  ];
}

function inWords({ one, title }: { readonly one: Attention; readonly title: string | undefined }): string {
  const { says } = describeAttention(one, title);
  return 'series' in one ? `${one.series}: ${says}` : says;
}

const workersCheck = (count: number): HealthCheck => ({
  check: 'workers',
  ok: count > 0,
  says:
    count > 0
      ? `Processes that send: ${count}.`
      : 'Nobody sends: no worker has been seen for 45 seconds. `partwork up` or `partwork work` does.',
});

/** Of a machine alone: whether a worker of its own lives. Workers are called `<host>:<process>`. */
export function healthHere({ workers }: Pick<Overview, 'workers'>, host: string): HealthCheck {
  return workersCheck(workers.filter(({ id }) => id.slice(0, id.lastIndexOf(':')) === host).length);
}
