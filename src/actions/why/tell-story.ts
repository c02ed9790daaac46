import { SIGNUP_KEPT_MS, type Signup } from '../../domain/signup.ts';
import type { SeriesStory, Story, StoryEvent, StorySuppression } from '../../domain/story.ts';
import type { SubscriberId } from '../../domain/subscriber.ts';
import type { Store } from '../../store/open-store.ts';
import type { SubscriberRecord, Suppression } from '../../store/subscribers.ts';
import { lookAtReader } from '../reading/look-at-reader.ts';
import { seriesStoryOf } from './series-story.ts';

/** What the series' stories have in common. */
type Person = Pick<Story, 'suppression' | 'sending' | 'now'>;

/**
 * The whole story of one reader in each of their series; of somebody unknown, that they are. Reads only, and as much as their series have
 * issues, however many readers there are.
 */
export async function tellStory({ store }: { store: Store }, subscriber: SubscriberId): Promise<Story> {
  const record = await store.subscribers.find(subscriber);
  const person = await personOf(store, subscriber);
  const signups = await openSignups(store, subscriber, record);
  const series = [
    ...(await storiesRead(store, person, record, signups)),
    ...(await Promise.all(
      signups.filter(isNewTo(record)).map((signup) => storyOfRequest(store, person, signup)),
    )),
  ];
  const { address, name = '', language } = record?.subscriber ?? signups[0] ?? {};
  return {
    kind: record !== undefined ? 'reader' : signups.length > 0 ? 'asked' : 'unknown',
    subscriber,
    ...(address !== undefined && { address }),
    name,
    ...(record !== undefined && language !== undefined && { language }),
    ...person,
    series: series.toSorted((a, b) => (a.series < b.series ? -1 : 1)),
  };
}

async function personOf(store: Store, subscriber: SubscriberId): Promise<Person> {
  const now = await store.now();
  const [suppression, workers, trouble] = await Promise.all([
    store.subscribers.findSuppression(subscriber),
    store.workers.list(now),
    store.transport.findTrouble(),
  ]);
  return {
    ...(suppression !== undefined && { suppression: suppressionOf(suppression) }),
    sending: { isWorking: workers.length > 0, ...(trouble !== undefined && { trouble }) },
    now,
  };
}

const suppressionOf = ({ reason, at }: Suppression): StorySuppression =>
  reason === 'erased' ? { why: 'erased', at } : { why: 'refused', at, words: reason };

/** Those of readers are done with: a link in such a letter does nothing any more. */
async function openSignups(
  store: Store,
  subscriber: SubscriberId,
  record: SubscriberRecord | undefined,
): Promise<Signup[]> {
  const reads = record?.subscriptions.filter(({ state }) => state === 'active').map(({ series }) => series);
  const names = (await store.plans.names()).filter((series) => reads?.includes(series) !== true);
  const found = await Promise.all(names.map((series) => store.signups.find(series, subscriber)));
  return found.filter((signup) => signup !== undefined);
}

async function storiesRead(
  store: Store,
  person: Person,
  record: SubscriberRecord | undefined,
  signups: readonly Signup[],
): Promise<SeriesStory[]> {
  if (record === undefined) return [];
  const subscriber = record.subscriber.id;
  const looks = await Promise.all(
    record.subscriptions.map(({ series }) =>
      lookAtReader({ store }, { series, subscriber }, (series) => store.plans.findOrName(series)),
    ),
  );
  return looks
    .filter((look) => look !== undefined)
    .map((look) => withRequest(seriesStoryOf({ ...person, ...look }), signups));
}

const isNewTo =
  (record: SubscriberRecord | undefined) =>
  ({ series }: Signup): boolean =>
    record?.subscriptions.every((one) => one.series !== series) ?? true;

/** Who has left and asks again has both to tell. */
function withRequest(story: SeriesStory, signups: readonly Signup[]): SeriesStory {
  const signup = signups.find(({ series }) => series === story.series);
  if (signup === undefined) return story;
  return {
    ...story,
    events: [...story.events, askedAs(signup)].toSorted((a, b) => a.at - b.at),
    obstacles: [...story.obstacles, notConfirmed(signup)],
  };
}

async function storyOfRequest(store: Store, { suppression }: Person, signup: Signup): Promise<SeriesStory> {
  const { series, requestedAt, pace } = signup;
  const plan = await store.plans.find(series);
  return {
    series,
    title: plan?.title ?? series,
    seriesState: plan?.state ?? 'unscheduled',
    state: 'asked',
    since: requestedAt,
    ...(pace !== undefined && { pace: { every: pace, isOffered: true } }),
    round: 0,
    place: { kind: 'none' },
    had: 0,
    issues: plan?.issues.filter(({ retired }) => retired === undefined).length ?? 0,
    events: [askedAs(signup)],
    missed: [],
    obstacles: [
      ...(suppression?.why === 'refused' ? [{ kind: 'suppressed', ...suppression } as const] : []),
      notConfirmed(signup),
    ],
  };
}

const askedAs = ({ requestedAt, source }: Signup): StoryEvent => ({ kind: 'asked', at: requestedAt, source });

const notConfirmed = ({ requestedAt }: Signup) =>
  ({ kind: 'not-confirmed', since: requestedAt, until: requestedAt + SIGNUP_KEPT_MS }) as const;
