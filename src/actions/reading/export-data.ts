import { formatEvery } from '../../domain/every.ts';
import type { Instant } from '../../domain/instant.ts';
import { END, START, type SeriesPlan } from '../../domain/plan.ts';
import type { SeriesId } from '../../domain/series.ts';
import type { SubscriberId } from '../../domain/subscriber.ts';
import type { HistoryEntry, Subscription } from '../../domain/subscription.ts';
import type { Store } from '../../store/open-store.ts';
import { showSubscriber, type SubscriberView } from '../list-subscribers.ts';

/** Everything kept about a person, for that person to read (GDPR art. 15, 20). Times are ISO 8601. */
export interface PersonalData {
  readonly address: string;
  readonly name: string;
  /** Absent = that of each series. */
  readonly language?: string;
  /** Absent = mail may be sent. */
  readonly suppressed?: { readonly since: string; readonly reason: string };
  readonly subscriptions: readonly SubscriptionData[];
  /** Asked for, and not confirmed yet. */
  readonly requests: readonly RequestData[];
}

export interface SubscriptionData {
  readonly series: SeriesId;
  readonly title: string;
  readonly state: Subscription['state'];
  readonly since: string;
  readonly reason?: string;
  readonly consent?: { readonly at: string; readonly source: string };
  readonly pausedUntil?: string;
  /** As a writer types it: `2d`, `1w`, `mon,thu`. */
  readonly pace?: string;
  readonly timesBegunAgain?: number;
  readonly finishedAt?: string;
  /** The issue that comes next, `the first` before the series is scheduled, `none` when there is no further one yet. */
  readonly next?: string;
  readonly notBefore?: string;
  readonly issues: readonly IssueData[];
}

export interface IssueData {
  readonly issue: string;
  readonly title?: string;
  readonly outcome: string;
  readonly at: string;
  /** The mail server's words, when it refused, and of the newest acceptance. */
  readonly reason?: string;
  /** How often nobody could know whether a copy arrived. */
  readonly uncertain?: number;
  /** Read again since. */
  readonly isEarlierReading?: true;
}

export interface RequestData {
  readonly series: SeriesId;
  readonly address: string;
  readonly name: string;
  readonly language: string;
  readonly pace?: string;
  readonly at: string;
  readonly source: string;
}

/** All the ledger has about a person; undefined when nobody is known by that id. Reads only. */
export async function exportData(
  { store }: { store: Store },
  subscriber: SubscriberId,
): Promise<PersonalData | undefined> {
  const view = await showSubscriber({ store }, subscriber);
  if (view === undefined || !('subscriber' in view)) return undefined;
  const plans = await store.plans.all();
  const { address, name, language } = view.subscriber;
  const { suppression } = view;
  return {
    address,
    name,
    ...(language !== undefined && { language }),
    ...(suppression !== undefined && {
      suppressed: { since: timeOf(suppression.at), reason: suppression.reason },
    }),
    subscriptions: view.subscriptions.map((one) =>
      subscriptionData(
        view,
        one,
        plans.find(({ series }) => series === one.series),
      ),
    ),
    requests: await openRequests(store, subscriber, plans),
  };
}

function subscriptionData(
  { consents, history, before }: SubscriberView,
  one: Subscription,
  plan: SeriesPlan | undefined,
): SubscriptionData {
  const { series, state, since, reason, pausedUntil, pace, round, finishedAt, dueAt } = one;
  const consent = consents.find((consent) => consent.series === series);
  const next = nextIn(one);
  return {
    series,
    title: plan?.title ?? series,
    state,
    since: timeOf(since),
    ...(reason !== undefined && { reason }),
    ...(consent !== undefined && { consent: { at: timeOf(consent.at), source: consent.source } }),
    ...(pausedUntil !== undefined && { pausedUntil: timeOf(pausedUntil) }),
    ...(pace !== undefined && { pace: formatEvery(pace) }),
    ...(round > 0 && { timesBegunAgain: round }),
    ...(finishedAt !== undefined && { finishedAt: timeOf(finishedAt) }),
    ...(next !== undefined && { next }),
    ...(dueAt !== undefined && { notBefore: timeOf(dueAt) }),
    issues: [
      ...before
        .filter(isOf(series))
        .map((entry) => ({ ...issueData(entry, plan), isEarlierReading: true as const })),
      ...history.filter(isOf(series)).map((entry) => issueData(entry, plan)),
    ].toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  };
}

const isOf =
  (series: SeriesId) =>
  (entry: HistoryEntry): boolean =>
    entry.series === series;

function nextIn({ state, place }: Subscription): string | undefined {
  if (state === 'ended' || place === undefined) return undefined;
  if (place === END) return 'none';
  return place === START ? 'the first' : place;
}

function issueData(
  { issue, outcome, at, reason, uncertain }: HistoryEntry,
  plan: SeriesPlan | undefined,
): IssueData {
  const title = plan?.issues.find(({ id }) => id === issue)?.title;
  return {
    issue,
    ...(title !== undefined && { title }),
    outcome,
    at: timeOf(at),
    ...(reason !== undefined && { reason }),
    ...(uncertain !== undefined && { uncertain }),
  };
}

async function openRequests(
  store: Store,
  subscriber: SubscriberId,
  plans: readonly SeriesPlan[],
): Promise<RequestData[]> {
  const found = await Promise.all(plans.map(({ series }) => store.signups.find(series, subscriber)));
  return found
    .filter((signup) => signup !== undefined)
    .map(({ series, address, name, language, pace, requestedAt, source }) => ({
      series,
      address,
      name,
      language,
      ...(pace !== undefined && { pace: formatEvery(pace) }),
      at: timeOf(requestedAt),
      source,
    }));
}

const timeOf = (at: Instant): string => new Date(at).toISOString();
