import type { Root } from 'hast';
import rehypeRaw from 'rehype-raw';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { parseMarkdown } from './parse-markdown.ts';

const toHast = unified().use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw).freeze();

/** Markdown → one tree of elements, with the writer's raw HTML parsed as a browser would. Not yet safe to mail. */
export const markdownToHast = (text: string): Root => toHast.runSync(parseMarkdown(text));
