import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { writeTogether } from './write-together.ts';

type Argument = string | number;

/** A Lua script of this folder, with others it needs put before it; sent by its hash and in full only to a server that has not seen it. */
export class Script {
  readonly #source: string;
  readonly #sha: string;

  constructor(name: string, needed: readonly string[] = []) {
    this.#source = [...needed, name].map(sourceOf).join('\n');
    this.#sha = createHash('sha1').update(this.#source).digest('hex');
  }

  /** Runs it; the reply is as the script's header says. Throws what Redis answers (OOM, READONLY, …). */
  async run(redis: Redis, keys: readonly string[], args: readonly Argument[]): Promise<unknown> {
    writeTogether(redis.stream);
    try {
      return await redis.evalsha(this.#sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return await redis.eval(this.#source, keys.length, ...keys, ...args);
    }
  }
}

const sourceOf = (name: string): string => readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8');
