/** ioredis' own words when there is no connection, it was lost, or the answer is late. */
const CONNECTION =
  /^(?:Connection is closed|Command timed out|Command aborted|Stream isn't writeable|Socket (?:timeout|closed)|Reached the max retries)/;
/** Replies of a server that cannot work now: starting, read-only, full, not able to write its file, without its master or its peers; BullMQ puts words of its own before some. */
const REPLY =
  /(?:^|: )(?:LOADING|READONLY|UNBLOCKED|OOM|MISCONF|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|BUSY|NOAUTH|WRONGPASS|NOPERM)\b/;
const SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);

/** Whether an error says that Redis is away or cannot work, rather than that we have made a mistake. */
export function isLedgerTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isSystem = 'syscall' in error && 'code' in error && SYSTEM.has(String(error.code));
  return isSystem || CONNECTION.test(error.message) || REPLY.test(error.message);
}
