import { domainOf } from '../domain/email-address.ts';
import { failpoint } from '../domain/failpoint.ts';
import type { SubscriberId } from '../domain/subscriber.ts';
import type { Store } from '../store/open-store.ts';
import type { SubscriberRecord } from '../store/subscribers.ts';
import { leaveSeries } from './leave-series.ts';

/**
 * Forgets a person: leaves every series, deletes the record, and keeps only a suppression under a keyed id, so that a later
 * import does not bring them back (GDPR art. 17). Who has only asked and not confirmed leaves nothing. False when nobody is known by that id.
 */
export async function eraseSubscriber({ store }: { store: Store }, id: SubscriberId): Promise<boolean> {
  const hadAsked = await forgetSignups({ store }, id);
  if ((await store.subscribers.find(id)) === undefined) return hadAsked;
  await store.subscribers.suppress(id, { reason: 'erased', at: await store.now() });
  // Read again: nobody can join any more, but somebody may have until now.
  const record = await store.subscribers.find(id);
  for (const { series } of record?.subscriptions ?? []) await leaveSeries({ store }, series, id, 'erased');
  await failpoint('erase.left');
  if (record !== undefined) await forgetDomain({ store }, record);
  await store.subscribers.erase(id);
  return true;
}

/** Who has a domain of their own is known by it. */
async function forgetDomain({ store }: { store: Store }, record: SubscriberRecord): Promise<void> {
  const domain = domainOf(record.subscriber.address);
  for (const { series } of record.subscriptions) {
    await store.replies.forget(series, domain);
    const issues = (await store.plans.find(series))?.issues ?? [];
    await Promise.all(issues.map((issue) => store.sendTimes.forget(series, issue.id, domain)));
  }
}

async function forgetSignups({ store }: { store: Store }, id: SubscriberId): Promise<boolean> {
  const plans = await store.plans.all();
  const forgotten = await Promise.all(plans.map(({ series }) => store.signups.forget(series, id)));
  return forgotten.includes(true);
}
