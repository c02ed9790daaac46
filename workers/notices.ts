import { DelayedError, Worker } from 'bullmq';
import { sendNotice } from '../src/actions/watchman/send-notice.ts';
import type { App } from '../src/app.ts';
import { SECOND_MS } from '../src/domain/instant.ts';
import { noticeRetryMs, type NoticeJob, type NoticeWay } from '../src/domain/notice.ts';
import { NOTICES } from '../src/queue/queues.ts';
import { restOnTrouble, workerOptions } from './worker-options.ts';

/** A webhook that takes its ten seconds must not hold up the mail. */
const NOTICES_AT_ONCE = 4;

/** Queue `notices`: tell the writer, by one way a job. */
export function startNoticeWorker(app: App, ways: readonly NoticeWay[]): Worker<NoticeJob> {
  const worker = new Worker<NoticeJob>(
    NOTICES,
    async (job, token) => {
      if (!(await app.ledger.isFit())) {
        await job.moveToDelayed(Date.now() + SECOND_MS, token);
        throw new DelayedError();
      }
      const result = await sendNotice({ store: app.store, ways }, job.data);
      const { kind, way } = job.data;
      if (result.kind === 'later') throw new Error(`${kind} by ${way}: ${result.reason}`);
      if (result.kind === 'refused')
        app.log.error({ notice: kind, way, reason: result.reason }, 'a notice is given up');
      else app.log.info({ notice: kind, way }, result.kind);
    },
    {
      ...workerOptions(app.queueConnection, NOTICES_AT_ONCE),
      settings: { backoffStrategy: (tries) => noticeRetryMs(tries) },
    },
  );
  restOnTrouble(worker, app);
  return worker;
}
