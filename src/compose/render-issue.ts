import type { Issue } from '../domain/issue.ts';
import type { Problem } from '../domain/problem.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';
import type { FindImage } from '../domain/image-file.ts';
import type { ComposedCache } from './cache/composed-cache.ts';
import { composedKey } from './cache/composed-key.ts';
import { composedOnce } from './cache/composed-once.ts';
import { localeOf } from '../domain/locale.ts';
import { loadStationery } from './template/stationery.ts';

export interface ComposerOptions {
  /** The writer's own templates and words; what is missing there is taken from ours, file by file. */
  readonly templatesFolder?: string;
  /** The blog, for links and images that are relative to it: `https://blog.example.com`. */
  readonly siteUrl?: string;
  /** Shown under every issue, one line per line. */
  readonly postalAddress: string;
  /** Finds images of posts on this machine; none is found without it. */
  readonly findImage?: FindImage;
  /** Where issues are kept that were composed before; each is composed every time without it. */
  readonly cache?: ComposedCache;
}

/** An issue ready to send, with warnings; or only problems, at least one of them an error. */
export type RenderResult =
  | { readonly rendered: RenderedIssue; readonly problems: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

export interface Composer {
  readonly renderIssue: (series: Series, issue: Issue) => Promise<RenderResult>;
}

/**
 * Makes emails of issues. Reads templates once, when the first issue is composed: make another composer when they may have changed.
 * The same input gives the same bytes, with a cache or without. Throws a TypeError when `siteUrl` is no URL.
 */
export function createComposer(options: ComposerOptions): Composer {
  if (options.siteUrl !== undefined && !URL.canParse(options.siteUrl)) {
    throw new TypeError(`siteUrl is no URL: ${options.siteUrl}`);
  }
  let loaded: ReturnType<typeof loadStationery> | undefined;
  return {
    renderIssue: async (series, issue) => {
      const stationery = await (loaded ??= loadStationery(options.templatesFolder));
      if ('severity' in stationery) return { problems: [stationery] };
      const words = stationery.words(localeOf(series.language));
      if ('severity' in words) return { problems: [words] };

      const key = await composedKey(series, issue, options, stationery);
      return composedOnce({ ...options, key, issue }, async (findImage) => {
        // What reads Markdown takes longer to load than an issue that is kept takes to read.
        const { renderAnew } = await import('./render-anew.ts');
        return renderAnew(series, issue, {
          ...options,
          ...(findImage && { findImage }),
          stationery,
          words,
          key,
        });
      });
    },
  };
}
