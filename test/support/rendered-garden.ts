import type { EmailAddress } from '../../src/domain/email-address.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import type { RenderedIssue } from '../../src/domain/rendered-issue.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import type { MessageFields } from '../../src/mail/issue-headers.ts';

/** A rendered issue with something in every place, for tests that change one thing of it. */
export function renderedGarden(changes: Partial<RenderedIssue> = {}): RenderedIssue {
  return {
    hash: '0123456789abcdef0123456789abcdef',
    series: 'garden' as SeriesId,
    issue: 'frost' as IssueId,
    seriesTitle: 'Garden letters',
    language: 'en',
    from: { name: 'Ivy Garden', address: 'ivy@example.com' as EmailAddress },
    replyTo: 'reply@example.com' as EmailAddress,
    subject: 'The first frost',
    html: [
      '<p>',
      'greeting',
      '</p><a href="',
      'webUrl',
      '">web</a> <a href="',
      'unsubscribeUrl',
      '">leave</a>',
    ],
    text: ['', 'greeting', '\n\nFrost.\n', 'readerUrl', '\n', 'unsubscribeUrl', '\n'],
    page: { title: 'The first frost', description: '', readingMinutes: 1, html: '<p>Frost.</p>' },
    greeting: { named: 'Dear {name},', plain: 'Hello,' },
    ...changes,
  };
}

/** One reader's fields. */
export function ashFields(changes: Partial<MessageFields> = {}): MessageFields {
  return {
    to: { name: 'Ash', address: 'ash@example.com' as EmailAddress },
    messageId: '<abc-123@example.com>',
    date: Date.UTC(2026, 10, 23, 8),
    unsubscribeUrl: 'https://letters.example.com/u/garden/abcdefghijkl2345xyz',
    readerUrl: 'https://letters.example.com/r/abcdefghijkl2345xyz',
    webUrl: 'https://letters.example.com/garden/frost?a=1&b=2',
    archiveUrl: 'https://letters.example.com/garden',
    ...changes,
  };
}
