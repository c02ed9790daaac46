// Not called html, so that nobody takes it for markup of a page; it escapes what is put in, which is right for XML, too.
import { html as xml } from 'hono/html';
import type { IssuePage } from '../../domain/issue-page.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { ReleasedIssue } from '../../domain/released-issues.ts';
import { absoluteAnchors } from './absolute-anchors.ts';
import { feedPath, issuePath, seriesPath } from './public-paths.ts';
import { xmlText } from './xml-text.ts';

/** A released issue with its article. */
export interface FeedEntry extends ReleasedIssue {
  readonly page: IssuePage;
}

interface Feed {
  readonly plan: SeriesPlan;
  /** In the order they are to stand. */
  readonly entries: readonly FeedEntry[];
  readonly baseUrl: string;
}

/** A series as an Atom feed (RFC 4287) with whole articles. Ids are addresses, which stay while BASE_URL and the issue's id do. */
export async function atomFeed({ plan, entries, baseUrl }: Feed): Promise<string> {
  const { series, title, startAt, about } = plan;
  const url = baseUrl + seriesPath(series);
  const updated = Math.max(startAt, ...entries.map(updatedAt));
  const feed = await xml`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${about.language}">
<id>${url}</id>
<title>${title}</title>
<subtitle>${about.description}</subtitle>
<updated>${isoTime(updated)}</updated>
<author><name>${about.from.name || title}</name></author>
<generator>Partwork</generator>
<link rel="self" type="application/atom+xml" href="${baseUrl + feedPath(series)}"/>
<link rel="alternate" type="text/html" href="${url}"/>
${entries.map((entry) => feedEntry(entry, plan, baseUrl))}
</feed>
`;
  return `<?xml version="1.0" encoding="utf-8"?>\n${xmlText(String(feed))}`;
}

function feedEntry(entry: FeedEntry, { series }: SeriesPlan, baseUrl: string) {
  const { page } = entry;
  const url = baseUrl + issuePath(series, entry.id);
  return xml`<entry>
<id>${url}</id>
<title>${page.title}</title>
<link rel="alternate" type="text/html" href="${page.canonicalUrl ?? url}"/>
<published>${isoTime(page.date ?? entry.releasedAt)}</published>
<updated>${isoTime(updatedAt(entry))}</updated>
<summary>${page.description}</summary>
<content type="html">${absoluteAnchors(page.html, url)}</content>
</entry>
`;
}

const updatedAt = ({ releasedAt, page: { date = 0 } }: FeedEntry): number => Math.max(releasedAt, date);

const isoTime = (instant: number): string => new Date(instant).toISOString();
