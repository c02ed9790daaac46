import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import remarkCjkFriendly from 'remark-cjk-friendly/parseOnly';
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough/parseOnly';
import remarkParse from 'remark-parse';
import { unified, type Data, type Processor } from 'unified';
import { dialectFromMarkdown } from '../dialect/dialect-nodes.ts';
import { emojiSyntax } from '../dialect/emoji/emoji-syntax.ts';

type FromMarkdown = NonNullable<Data['fromMarkdownExtensions']>[number];

const strikethroughFromMarkdown: FromMarkdown = {
  canContainEols: ['delete'],
  enter: {
    strikethrough(token) {
      this.enter({ type: 'delete', children: [] }, token);
    },
  },
  exit: {
    strikethrough(token) {
      this.exit(token);
    },
  },
};

/**
 * What all posts are written in: CommonMark with GitHub's tables, footnotes, task lists, strikethrough and emoji names, and
 * emphasis that works beside CJK punctuation. Calling it gives a processor that can be added to.
 */
export const markdownBase = unified()
  .use(remarkParse)
  .use(gfmWithoutAutolinks)
  .use(remarkCjkFriendly)
  .use(remarkCjkFriendlyStrikethrough)
  .freeze();

// GFM's own autolinks run on into CJK text (`https://a.tw/x。謝謝`); bare URLs are linked later, by `linkBareUrls`.
function gfmWithoutAutolinks(this: Processor): void {
  const data = this.data();
  (data.micromarkExtensions ??= []).push(gfmTable(), gfmFootnote(), gfmTaskListItem(), emojiSyntax);
  (data.fromMarkdownExtensions ??= []).push(
    gfmTableFromMarkdown(),
    gfmFootnoteFromMarkdown(),
    gfmTaskListItemFromMarkdown(),
    strikethroughFromMarkdown,
    dialectFromMarkdown,
  );
}
