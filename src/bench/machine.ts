import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { packageVersion } from '../app/package-folder.ts';
import { findRedisServer } from '../store/redis-server.ts';
import { postfixVersion } from './programs.ts';

/** Where it was measured: without that, no rate means anything. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  readonly redis: string | null;
  readonly postfix: string | null;
  readonly partwork: string;
}

export async function describeMachine(): Promise<Machine> {
  const redis = await findRedisServer();
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: totalmem(),
    system: `${type()} ${release()}`,
    node: process.version.slice(1),
    redis: redis.kind === 'found' ? redis.version : null,
    postfix: (await postfixVersion()) ?? null,
    partwork: packageVersion(),
  };
}
