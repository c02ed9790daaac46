import type { Issue } from '../domain/issue.ts';
import type { SlotName } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';

/** What the bytes of a message cannot tell about what they should be. */
export interface LintContext {
  readonly series: Series;
  readonly issue: Issue;
  /** As composed: without the Markdown that the issue's own may have. */
  readonly subject: string;
  /** The series' List-Id, without angle brackets: the same for every message of the series, for ever. */
  readonly listId: string;
  /** Present when messages are signed here, not by a mail server behind us. */
  readonly dkim?: { readonly domain: string; readonly selectors: readonly string[] };
  /** False while mail goes to a local inbox: addresses on this machine are right then. */
  readonly hasMailServer: boolean;
  /** What fills the slots of this message. */
  readonly slots: Readonly<Record<SlotName, string>>;
  /** As set, one line per line; '' when it is not. */
  readonly postalAddress: string;
  /** The blog. */
  readonly siteUrl?: string;
  /** The writer's own templates of this series, for messages; absent where ours are used. */
  readonly ownTemplates: { readonly html?: string; readonly text?: string };
}
