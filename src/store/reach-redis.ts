import type { Redis } from 'ioredis';

const DEFAULT_WITHIN_MS = 5_000;
/** What a server says when waiting does not help. */
const REFUSED = /^(WRONGPASS|NOAUTH|NOPERM|ERR|DENIED)\b/;

/**
 * Waits until a connection is ready: a server that starts at the same time as we do may need a moment.
 * Returns why it is not, after `withinMs` or when the server refuses us. The caller closes the connection.
 */
export async function reachRedis(redis: Redis, withinMs = DEFAULT_WITHIN_MS): Promise<string | undefined> {
  if (redis.status === 'ready') return undefined;
  return new Promise((resolve) => {
    let reason = `no answer within ${withinMs / 1_000} s`;
    const finish = (outcome: string | undefined): void => {
      clearTimeout(timer);
      redis.off('ready', ready).off('error', failed);
      resolve(outcome);
    };
    const ready = (): void => finish(undefined);
    const failed = (error: Error): void => {
      reason = reasonOf(error);
      if (REFUSED.test(reason)) finish(reason);
    };
    const timer = setTimeout(() => finish(reason), withinMs);
    redis.on('ready', ready).on('error', failed);
  });
}

/** Several addresses of one name fail as one error without a message of its own. */
function reasonOf(error: Error): string {
  return error instanceof AggregateError ? error.errors.map(String).join('; ') : error.message;
}
