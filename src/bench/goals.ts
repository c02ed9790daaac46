export interface Goal {
  readonly key: string;
  readonly floor: number;
  readonly aim: number;
  /** Whether more is better, or less. */
  readonly better: 'more' | 'less';
}

const more = (key: string, floor: number, aim: number): Goal => ({ key, floor, aim, better: 'more' });
const less = (key: string, floor: number, aim: number): Goal => ({ key, floor, aim, better: 'less' });

/** What is to be reached with ten connections, one worker and two cores; by the keys of the figures. */
export const GOALS: readonly Goal[] = [
  more('throughput/smtp-sink/product over a', 6, 8),
  more('throughput/node-sink/product over a', 12, 20),
  more('throughput/smtp-sink/product over b', 2.2, 2.8),
  more('throughput/node-sink/product over b', 4, 7),
  more('throughput/smtp-sink/product over c', 0.8, 1),
  more('throughput/node-sink/product over c', 0.5, 0.85),
  less('throughput/node-sink/product senderUs', 120, 65),
  less('throughput/node-sink/product redisUs', 25, 16),
  less('million/peak RSS', 160, 125),
  less('million/RSS over 20k', 1.25, 1.15),
  less('million/queue memory', 10, 2),
  less('history/bytes a subscriber', 600, 400),
  more('latency/product over a', 1.9, 1.9),
  more('latency/product over a, CHUNKING', 1.9, 8),
  more('dkim/RSA-2048 over a', 5, 7),
  more('aof/always over none', 0.75, 0.85),
  less('import/seconds', 60, 30),
  less('import/peak RSS', 200, 200),
  less('start/help over node', 1.6, 1.3),
  less('start/status over node', 3, 2),
  more('failures/rate kept', 0.8, 0.95),
];

export type Verdict = 'aim' | 'floor' | 'below';

/** How far a value has come. */
export function judge({ floor, aim, better }: Goal, value: number): Verdict {
  const sign = better === 'more' ? 1 : -1;
  if (sign * value >= sign * aim) return 'aim';
  return sign * value >= sign * floor ? 'floor' : 'below';
}

export const goalOf = (key: string): Goal | undefined => GOALS.find((goal) => goal.key === key);
