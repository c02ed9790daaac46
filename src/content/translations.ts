import { dirname } from 'node:path';
import { isBundle } from './post-name.ts';
import type { Post } from './post.ts';

/** What `inLanguage` does not keep of the translations is in `others`. */
export interface InLanguage {
  readonly kept: readonly Post[];
  readonly others: readonly Post[];
}

/** Of each post that is there in several languages, the file that suits readers of `language` best. */
export function inLanguage(posts: readonly Post[], language: string): InLanguage {
  const best = new Map<string, Post>();
  for (const post of posts) {
    const rival = best.get(keyOf(post));
    if (rival === undefined || fit(post, language) > fit(rival, language)) best.set(keyOf(post), post);
  }
  // Two files in one language are no translations, and that is told elsewhere.
  const isKept = (post: Post): boolean => best.get(keyOf(post))?.name.language === post.name.language;
  return { kept: posts.filter(isKept), others: posts.filter((post) => !isKept(post)) };
}

/** Those of `posts` that have one of `chosen` in another language. */
export function translationsOf(chosen: readonly Post[], posts: readonly Post[]): Post[] {
  const keys = new Set(chosen.map(keyOf));
  const taken = new Set(chosen.map(inOneLanguage));
  return posts.filter((post) => keys.has(keyOf(post)) && !taken.has(inOneLanguage(post)));
}

const inOneLanguage = (post: Post): string => `${keyOf(post)} ${post.name.language}`;

const keyOf = ({ path, place, name }: Post): string =>
  `${dirname(path)}/${isBundle(place) ? 'index' : name.base}`;

/** A file without a language is in the blog's own, and so better than another script of the right one. */
function fit({ name }: Post, wanted: string): number {
  if (name.language === undefined) return 2;
  const own = new Intl.Locale(name.language).maximize();
  const reader = localeOf(wanted);
  if (own.language !== reader?.language) return 0;
  if (own.script !== reader.script) return 1;
  return own.region === reader.region ? 4 : 3;
}

/** Undefined for a tag that only looks like one, as settings may have it. */
function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
