import type { Instant } from './instant.ts';

/** What an issue stays known by when its file is renamed, retitled or moved: front matter `id`, else `slug`, else the file's name. */
export type IssueId = string & { readonly __issueId: never };

/** Where the post came from, shown in a box under the text. */
export interface Source {
  readonly url?: string;
  readonly name?: string;
}

export interface Image {
  /** As the post has it: absolute, or root-relative to the blog. */
  readonly url: string;
  readonly alt: string;
}

/** What of an issue is written in the front matter, and may have to be mended there. */
export type IssueField = 'title' | 'subject' | 'preheader' | 'description' | 'image' | 'source' | 'date';

/** One Markdown file in its place in a series. */
export interface Issue {
  readonly id: IssueId;
  /** 1-based place in the series. */
  readonly number: number;
  readonly title: string;
  /** The mail's subject; the title unless `newsletter.subject` says otherwise. */
  readonly subject: string;
  /** The line a mail client shows beside the subject; '' when there is nothing to say. */
  readonly preheader: string;
  readonly description: string;
  /** Not before this; absent = as soon as the series runs. */
  readonly releaseAt?: Instant;
  /** The post's own date, shown to readers; absent when the front matter has none. */
  readonly date?: Instant;
  readonly image?: Image;
  readonly source?: Source;
  /** Names other posts may link to this one by: slug, file name, permalink path (`/posts/…/`). */
  readonly aliases: readonly string[];
  /** Markdown, without the front matter. */
  readonly body: string;
  /** The scalars of the front matter by lower-cased key or path (`cover.alt`), for posts that show them: Hugo's `param`, Jekyll's `{{ page.… }}`. */
  readonly params: Readonly<Record<string, string>>;
  readonly file: string;
  /** 1-based line of `file` on which `body` begins, so that a problem in the body names the right line. */
  readonly bodyLine: number;
  /** 1-based lines of `file`, of the fields that its front matter has. */
  readonly lines: Readonly<Partial<Record<IssueField, number>>>;
}
