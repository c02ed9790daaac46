import type { Words } from '../../words.ts';
import { isWebUrl, targetOf, urlOf, type Place } from '../link-target.ts';
import type { ReportInBody } from '../report-in-body.ts';

/** What is needed to say in a mail what a page embeds. */
export interface EmbedContext {
  readonly place: Place;
  readonly words: Words;
  readonly report: ReportInBody;
}

/** The web address of what an embed shows, seen from anywhere; undefined when it has none. */
export function webAddress(written: string | undefined, place: Place): string | undefined {
  if (written === undefined || written.trim() === '' || written.trim().startsWith('#')) return undefined;
  const url = urlOf(targetOf(written, place));
  return url !== undefined && isWebUrl(url) && URL.canParse(url) ? new URL(url).href : undefined;
}
