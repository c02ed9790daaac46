import { GIVEN_UP } from '../../domain/settlement.ts';
import type { StoryEvent } from '../../domain/story.ts';
import type { HistoryEntry, Subscription } from '../../domain/subscription.ts';
import type { SubscriberRecord } from '../../store/subscribers.ts';
import { departureOf } from './departure-of.ts';
import type { NamedIssue } from './issue-names.ts';

/** What has happened to one reader in one series, the earliest first. */
export function eventsOf(
  { consents, history, before }: SubscriberRecord,
  subscription: Subscription,
  named: NamedIssue,
): StoryEvent[] {
  const { series, state, since, reason } = subscription;
  const isOfSeries = (one: { readonly series: string }): boolean => one.series === series;
  const events: StoryEvent[] = [
    ...consents.filter(isOfSeries).map(({ at, source }) => ({ kind: 'agreed' as const, at, source })),
    ...before.filter(isOfSeries).flatMap((entry) => issueEvent(entry, named, true)),
    ...history.filter(isOfSeries).flatMap((entry) => issueEvent(entry, named, false)),
    ...(state === 'ended' ? [{ kind: 'left' as const, at: since, how: departureOf(reason) }] : []),
  ];
  return events.toSorted((a, b) => a.at - b.at);
}

function issueEvent(entry: HistoryEntry, named: NamedIssue, isEarlierReading: boolean): StoryEvent[] {
  const { at, reason, uncertain: doubts = 0 } = entry;
  const facts = { at, issue: named(entry.issue), doubts, isEarlierReading };
  switch (entry.outcome) {
    case 'accepted':
      return [{ kind: 'accepted', ...facts, ...(reason !== undefined && { words: reason }) }];
    case 'rejected':
      return [{ kind: 'rejected', ...facts, ...refusalOf(reason ?? '') }];
    case 'skipped':
      return [{ kind: 'skipped', ...facts }];
    case 'held':
      return [{ kind: 'held', ...facts }];
    default:
      throw new Error(`The ledger has "${entry.outcome}" of an issue, which this version does not know.`);
  }
}

function refusalOf(reason: string): { words: string; isGivenUp: boolean } {
  const isGivenUp = reason.startsWith(GIVEN_UP);
  return { words: isGivenUp ? reason.slice(GIVEN_UP.length) : reason, isGivenUp };
}
