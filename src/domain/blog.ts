export type BlogKind = 'Hugo' | 'Jekyll' | 'Hexo' | 'Astro';

/** A blog as its configuration describes it. Paths are relative to its folder, with `/`. */
export interface Blog {
  readonly kind: BlogKind;
  /** The file that says so. */
  readonly configFile: string;
  /** Where its posts are. */
  readonly content: string;
  /** Where it is on the web. */
  readonly siteUrl?: string;
  /** BCP 47. */
  readonly language?: string;
  /** IANA name. */
  readonly timezone?: string;
}
