import type { Notice } from '../domain/notice.ts';

/**
 * What a webhook is told: ids, times and figures. No titles, which are subjects of mails; what a server said has lost its addresses
 * when it was recorded. The same notice has the same bytes.
 */
export function webhookBody(notice: Notice): string {
  const head = { type: notice.kind, at: iso(notice.at), timestamp: iso(notice.at) };
  return JSON.stringify({ ...head, ...factsOf(notice) });
}

function factsOf(notice: Notice): Record<string, unknown> {
  switch (notice.kind) {
    case 'release.finished':
      return {
        series: notice.series,
        issue: notice.issue,
        number: notice.number,
        figures: notice.figures,
      };
    case 'series.paused':
      return { series: notice.series, reason: notice.reason };
    case 'trouble.started':
      return { ...troubleOf(notice), since: iso(notice.since) };
    case 'trouble.ended': {
      const { since, until } = notice;
      return { ...troubleOf(notice), since: iso(since), until: iso(until), seconds: (until - since) / 1_000 };
    }
    case 'test':
      return {};
  }
}

const troubleOf = ({ trouble, series, reason }: Extract<Notice, { trouble: string }>) => ({
  trouble,
  ...(series !== undefined && { series }),
  ...(reason !== undefined && { reason }),
});

const iso = (at: number): string => new Date(at).toISOString();
