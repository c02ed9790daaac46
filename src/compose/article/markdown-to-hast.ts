import type { Root } from 'hast';
import type { Root as Markdown } from 'mdast';
import { defListHastHandlers } from 'mdast-util-definition-list';
import rehypeRaw from 'rehype-raw';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { DEEPEST, isNestedDeeper } from '../dialect/is-nested-deeper.ts';
import { leaveAltUnsaid } from './images/leave-alt-unsaid.ts';

const toHast = unified()
  .use(remarkRehype, { allowDangerousHtml: true, handlers: defListHastHandlers })
  .use(rehypeRaw)
  .freeze();

/**
 * Markdown's tree → one tree of elements, with the writer's raw HTML parsed as a browser would. Not yet safe to mail.
 * Undefined when the HTML is more than the parser can take: it breaks on some tags that one node opens and another ends, and on
 * thousands in each other.
 */
export function markdownToHast(markdown: Markdown): Root | undefined {
  leaveAltUnsaid(markdown);
  const tree = parsed(markdown);
  return tree === undefined || isNestedDeeper(tree, DEEPEST) ? undefined : tree;
}

function parsed(markdown: Markdown): Root | undefined {
  try {
    return toHast.runSync(markdown);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}
