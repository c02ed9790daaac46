import { keepWatch } from '../../src/actions/watchman/keep-watch.ts';
import { postNotices } from '../../src/actions/watchman/post-notices.ts';
import type { NoticeWay } from '../../src/domain/notice.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { openTestApp, type TestApp } from './app.ts';
import { readMail, type ReceivedMail } from './received-mail.ts';
import type { SmtpScript } from './smtp-server.ts';
import { startWebhookReceiver, WEBHOOK_SECRET, type WebhookReceiver } from './webhook-receiver.ts';

export const WRITER = 'writer@example.org';

/** An app whose looks are ours to make, a writer's mailbox, and a webhook. */
export interface WatchPost {
  readonly t: TestApp;
  readonly hook: WebhookReceiver;
  readonly ways: readonly NoticeWay[];
  /** Looks as the watchman does, and keeps the lead from all others; returns whether it led. */
  look(me?: string): Promise<boolean>;
  /** Moves the ledger's time on by so many seconds, and looks. */
  lookAfter(seconds: number): Promise<void>;
  /** Queues what is to be told. */
  post(): Promise<void>;
  /** What the writer has been sent, in the order in which the server accepted it. */
  mails(): Promise<ReceivedMail[]>;
  close(): Promise<void>;
}

const LEADER = 'pw:{watch}:leader';

export async function openWatchPost(
  options: { script?: SmtpScript; env?: Record<string, string> } = {},
): Promise<WatchPost> {
  const hook = await startWebhookReceiver();
  const t = await openTestApp({
    withoutWorkers: true,
    ...options,
    env: {
      PARTWORK_NOTIFY: WRITER,
      PARTWORK_WEBHOOKS: `${hook.url}/hook`,
      PARTWORK_WEBHOOK_SECRET: WEBHOOK_SECRET,
      PARTWORK_WEBHOOK_PRIVATE: 'yes',
      ...options.env,
    },
  });
  const opened = await t.app.openNoticeWays();
  if (isRefusal(opened)) throw new Error(opened.message);
  const { ways } = opened;
  const redis = t.redis.redis();
  const post: WatchPost = {
    t,
    hook,
    ways,
    async look(me = 'the test') {
      const led = await keepWatch({ ...t.app, ways }, me);
      // However long a test takes, no other watchman looks in between.
      if (led) await redis.persist(LEADER);
      return led;
    },
    async lookAfter(seconds) {
      t.clock.offsetMs += seconds * 1_000;
      await post.look();
    },
    post: () => postNotices({ ...t.app, ways }),
    mails: () =>
      Promise.all(
        t.smtp.transactions
          .filter(({ to, accepted }) => accepted && to.includes(WRITER))
          .map(({ message }) => readMail(message)),
      ),
    async close() {
      await opened.close();
      await hook.close();
      await t.close();
    },
  };
  return post;
}
