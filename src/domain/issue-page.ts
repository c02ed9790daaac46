import type { Instant } from './instant.ts';

/** What a web page shows of an issue: composed and frozen with its mail, so that pages need no content folder. */
export interface IssuePage {
  readonly title: string;
  readonly description: string;
  /** The post's own date. */
  readonly date?: Instant;
  /** At least 1. */
  readonly readingMinutes: number;
  /** Absolute. */
  readonly image?: {
    readonly url: string;
    readonly alt: string;
    readonly width?: number;
    readonly height?: number;
  };
  readonly source?: { readonly url?: string; readonly name: string };
  /** Where the blog has it. */
  readonly canonicalUrl?: string;
  /** The article, sanitized: no scripts, no styles, and nothing fetched but images of the blog. */
  readonly html: string;
}
