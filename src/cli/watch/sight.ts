import type { Instant } from '../../domain/instant.ts';
import type { Present } from '../../domain/overview.ts';
import type { SeriesId } from '../../domain/series.ts';
import type { ReplyCount } from '../../store/replies.ts';

/** An answer that was not 250, and the series whose readers it met. */
export interface SeriesReply extends ReplyCount {
  readonly series: SeriesId;
}

/** What `watch` knows at a moment. */
export interface Sight {
  /** The last reading; of the series that are watched. */
  readonly present: Present;
  /** Answers but 250, most frequent first. */
  readonly replies: readonly SeriesReply[];
  /** Mails accepted in each of the last seconds, oldest first. */
  readonly perSecond: readonly number[];
  /** From when until when nothing could be read, and why; absent = the reading is fresh. */
  readonly away?: { readonly since: Instant; readonly until: Instant; readonly why: string };
}
