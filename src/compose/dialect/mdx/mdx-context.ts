import type { TagContext } from '../template-tag.ts';
import type { MdxScope } from './mdx-scope.ts';

/** What an MDX post is settled with. */
export interface MdxContext extends TagContext {
  readonly scope: MdxScope;
  /** The text that the tree was made from. */
  readonly source: string;
  /** Whether there are words on both sides, or one, of what is settled. */
  readonly isAmongWords?: boolean;
}
