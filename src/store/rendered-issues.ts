import type { Redis } from 'ioredis';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import { renderedKey } from './keys.ts';

/** Rendered issues under their content hash: written once, never changed. */
export interface RenderedIssueStore {
  /** Stores it unless it is there already. */
  keep(rendered: RenderedIssue): Promise<void>;
  /** Throws when the hash is unknown: a plan names only what was kept before it. */
  get(hash: string): Promise<RenderedIssue>;
}

export function openRenderedIssueStore(redis: Redis): RenderedIssueStore {
  return {
    async keep(rendered) {
      await redis.set(renderedKey(rendered.hash), JSON.stringify(rendered), 'NX');
    },
    async get(hash) {
      const json = await redis.get(renderedKey(hash));
      if (json === null)
        throw new Error(`The ledger has no rendered issue ${hash}: run \`partwork schedule\` again.`);
      return JSON.parse(json) as RenderedIssue;
    },
  };
}
