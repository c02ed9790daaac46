import type { Problem } from '../domain/problem.ts';
import { findMarkdown } from './find-markdown.ts';
import { readPost, type Post } from './post.ts';

/** All Markdown files below one folder. */
export interface Shelf {
  /** Absolute. */
  readonly folder: string;
  /** Sorted by place. */
  readonly posts: readonly Post[];
  readonly problems: readonly Problem[];
}

const OPEN_AT_ONCE = 64;

/** Reads every Markdown file below an existing folder. */
export async function loadShelf(folder: string): Promise<Shelf> {
  const { files, problems } = await findMarkdown(folder);
  const posts: Post[] = [];
  for (let start = 0; start < files.length; start += OPEN_AT_ONCE) {
    posts.push(...(await Promise.all(files.slice(start, start + OPEN_AT_ONCE).map(readPost))));
  }
  return { folder, posts, problems };
}
