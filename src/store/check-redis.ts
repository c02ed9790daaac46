import type { Redis } from 'ioredis';
import type { Problem } from '../domain/problem.ts';
import { factsAbout, type RedisFacts } from './redis-facts.ts';
import { isOldRedis, OLDEST_REDIS } from './redis-version.ts';
import { reachRedis } from './reach-redis.ts';

export interface RedisProblem extends Problem {
  /** `unreachable` is for exit code 69, every other error for 5. */
  readonly rule:
    | 'unreachable'
    | 'forbidden'
    | 'version'
    | 'replica'
    | 'eviction'
    | 'append-only'
    | 'fsync'
    | 'disk'
    | 'memory'
    | 'open';
}

interface CheckOptions {
  /** The operator takes the risk: what could lose or show data is a warning instead of an error. */
  readonly unsafe?: boolean;
  /** How long to wait for a server that is not there, ms. */
  readonly withinMs?: number;
}

type Finding = Omit<RedisProblem, 'file'>;

/**
 * Everything about a Redis that would lose mail or show readers' addresses, with what to do about it: the readers and
 * what they were sent are nowhere else. An error forbids to start. Never throws for what the server is or says.
 */
export async function checkRedis(redis: Redis, options: CheckOptions = {}): Promise<RedisProblem[]> {
  const file = nameOf(redis);
  const reached = await reachRedis(redis, options.withinMs);
  if (reached !== undefined) return [{ ...unreachable(reached), file }];
  const facts = await factsAbout(redis);
  if (typeof facts === 'string') return [{ ...forbidden(facts), file }];

  const risk = options.unsafe === true ? 'warning' : 'error';
  const findings = [...unusable(facts), ...forgetful(facts, risk), ...exposed(redis, risk)];
  return findings.map((finding) => ({ ...finding, file }));
}

/** The server as messages may name it. */
function nameOf({ options }: Redis): string {
  if (options.path !== undefined) return options.path;
  return `${options.tls === undefined ? 'redis' : 'rediss'}://${options.host}:${options.port}/${options.db}`;
}

const UNREACHABLE_FIXES: readonly (readonly [reason: RegExp, fix: string])[] = [
  [/WRONGPASS|NOAUTH/, 'Correct the user and password in REDIS_URL.'],
  [/certificate/, 'Name the authority that signed it: NODE_EXTRA_CA_CERTS=/path/to/ca.pem.'],
  [
    /ECONNRESET|wrong version number/,
    'Servers with TLS want rediss:// in REDIS_URL, those without redis://.',
  ],
];

const unreachable = (reason: string): Finding => ({
  rule: 'unreachable',
  severity: 'error',
  message: `Redis cannot be reached: ${reason.replace(/\.$/, '')}.`,
  fix: UNREACHABLE_FIXES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'Start it, or correct REDIS_URL.',
});

const forbidden = (reason: string): Finding => ({
  rule: 'forbidden',
  severity: 'error',
  message: `Redis does not say how it is set up: ${reason}.`,
  fix: 'Allow its user the command INFO (`ACL SETUSER … +info`).',
});

function* unusable({ version, primary, maxmemoryPolicy, isFull, diskError }: RedisFacts): Generator<Finding> {
  const severity = 'error';
  if (isOldRedis(version)) {
    const message = `This is Redis ${version}, and ${OLDEST_REDIS} or newer is needed.`;
    yield { rule: 'version', severity, message, fix: 'Upgrade it.' };
  }
  if (primary !== undefined) {
    const message = `This Redis is a replica of ${primary} and takes no writes.`;
    yield { rule: 'replica', severity, message, fix: 'Point REDIS_URL at the primary.' };
  }
  if (maxmemoryPolicy !== 'noeviction') {
    const message = `This Redis throws away data when its memory is full (maxmemory-policy ${maxmemoryPolicy}).`;
    const fix = 'Run `CONFIG SET maxmemory-policy noeviction`, and set the same in its configuration.';
    yield { rule: 'eviction', severity, message, fix };
  }
  if (isFull) {
    // It can be looked at still, and workers wait by themselves.
    const message =
      'This Redis is out of memory and takes nothing new; sending goes on by itself when it has more.';
    yield { rule: 'memory', severity: 'warning', message, fix: 'Raise its maxmemory, or free some.' };
  }
  if (diskError !== undefined) {
    const message = `This Redis cannot write to its disk (${diskError}).`;
    yield {
      rule: 'disk',
      severity,
      message,
      fix: 'Make space on its disk, or mend its rights; its log says which.',
    };
  }
}

function* forgetful({ appendOnly, fsync }: RedisFacts, risk: Problem['severity']): Generator<Finding> {
  if (!appendOnly) {
    const message =
      'This Redis forgets what it was told when it ends (appendonly no), so mails would be lost or sent again.';
    const fix =
      'Run `CONFIG SET appendonly yes`, and set the same in its configuration; or set PARTWORK_UNSAFE=yes.';
    yield { rule: 'append-only', severity: risk, message, fix };
  } else if (fsync !== undefined && fsync !== 'always') {
    const message = `This Redis may lose the last second or more when the power fails (appendfsync ${fsync}).`;
    const fix = 'Run `CONFIG SET appendfsync always`; it is fast enough.';
    yield { rule: 'fsync', severity: 'warning', message, fix };
  }
}

function* exposed({ options }: Redis, risk: Problem['severity']): Generator<Finding> {
  if (options.path !== undefined || isLoopback(options.host)) return;
  const encrypted = options.tls !== undefined;
  const guarded = typeof options.password === 'string' && options.password !== '';
  if (encrypted && guarded) return;
  const lacks = [!guarded && 'a password', !encrypted && 'encryption'].filter((lack) => lack !== false);
  yield {
    rule: 'open',
    severity: encrypted || guarded ? 'warning' : risk,
    message: `This Redis is on another machine and used without ${lacks.join(' and without ')}: whoever shares the network can read readers' addresses.`,
    fix: 'Use rediss://user:password@host in REDIS_URL; or, on a network of your own, set PARTWORK_UNSAFE=yes.',
  };
}

const isLoopback = (host: string | undefined): boolean =>
  host === undefined || host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
