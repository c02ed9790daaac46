export const AWAY = 'Redis cannot be reached; sending goes on by itself when it is back.';

export const LOADING = 'Redis is still loading its data; sending goes on by itself when it has.';
export const NO_ANSWER = 'Redis does not answer; sending goes on by itself when it does.';

const SENTENCES: readonly (readonly [error: RegExp, sentence: string])[] = [
  [/(?:^|: )LOADING/, LOADING],
  [
    /(?:^|: )OOM/,
    'Redis is out of memory; sending goes on by itself when it has more: raise its maxmemory, or free some.',
  ],
  [
    /(?:^|: )(?:READONLY|UNBLOCKED)/,
    'This Redis is a replica and takes no writes; sending goes on by itself when it is the primary again, or start with REDIS_URL pointing to the primary.',
  ],
  [
    /(?:^|: )(?:NOREPLICAS|MASTERDOWN|CLUSTERDOWN|TRYAGAIN)/,
    'Redis misses its other servers and takes no writes; sending goes on by itself when they are back.',
  ],
  [
    /(?:^|: )MISCONF/,
    'Redis cannot write to its disk; sending goes on by itself when it can: its log says why, mostly a full disk.',
  ],
  [/(?:^|: )BUSY/, 'Redis is busy with a script; sending goes on by itself when it is done.'],
  [
    /(?:^|: )(?:NOAUTH|WRONGPASS|NOPERM)/,
    'Redis refuses our user or password; mend its users, or start with another REDIS_URL.',
  ],
  [/^(?:Command timed out|Socket timeout)/, NO_ANSWER],
];

/** What an error of Redis makes us wait for, in one sentence for the operator. */
export const waitingFor = ({ message }: Error): string =>
  SENTENCES.find(([error]) => error.test(message))?.[1] ?? AWAY;
