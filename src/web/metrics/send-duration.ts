import { BUCKETS_S, type SendTimes } from '../../domain/send-times.ts';

const NAME = 'partwork_send_duration_seconds';

/**
 * How long mails took, as a histogram in Prometheus' text format: the ledger counts by bucket, and prom-client's histograms can only be
 * told of one observation after the other.
 */
export function sendDurationText({ buckets, count, seconds }: SendTimes): string {
  let below = 0;
  const rows = BUCKETS_S.map((bound, index) => {
    below += buckets[index] ?? 0;
    return `${NAME}_bucket{le="${bound}"} ${below}`;
  });
  return [
    `# HELP ${NAME} From the ledger's leave to the mail server's answer, of mails of every outcome.`,
    `# TYPE ${NAME} histogram`,
    ...rows,
    `${NAME}_bucket{le="+Inf"} ${count}`,
    `${NAME}_sum ${seconds}`,
    `${NAME}_count ${count}`,
    '',
  ].join('\n');
}
