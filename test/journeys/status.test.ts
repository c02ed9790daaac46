import { afterEach, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../support/app.ts';
import { openWorkplace, isBuilt, type Workplace } from '../support/partwork.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

const READERS = 150;

interface Issue {
  readonly state: string;
  readonly audience: number;
  readonly accepted: number;
  readonly waiting: number;
  readonly deferred: number;
  readonly rejected: number;
  readonly suppressed: number;
  readonly skipped: number;
  readonly uncertain: number;
  readonly deferrals: number;
}
interface Told {
  readonly answer: string;
  readonly issues: readonly Issue[];
}

let t: TestApp;
let place: Workplace;
let worker: WorkerProcess | undefined;
afterEach(async () => {
  await worker?.kill();
  await place.remove();
  await t.close();
});

const sumOf = (issue: Issue): number =>
  issue.accepted +
  issue.waiting +
  issue.deferred +
  issue.rejected +
  issue.suppressed +
  issue.skipped +
  issue.uncertain;

test.skipIf(!isBuilt)(
  'the writer looks again and again while it goes out, a worker is killed, Redis goes; in the end status says what the mail server counted',
  async () => {
    const refused = new Set<string>();
    let deferrals = 0;
    // Slow until somebody has looked.
    let serverMs = 400;
    t = await openTestApp({
      withoutWorkers: true,
      script: ({ at, line }) => {
        if (at === 'rcpt' && line.includes('grey-') && ++deferrals > 0) return '451 4.7.1 Greylisted';
        if (at === 'rcpt' && line.includes('gone-') && refused.add(line).size > 0)
          return '550 5.1.1 No such user';
        return at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: serverMs } : undefined;
      },
    });
    place = await openWorkplace({
      REDIS_URL: t.redis.url,
      PARTWORK_DATA: t.config.dataFolder,
      PARTWORK_CONTENT: t.config.contentFolder,
    });
    const readers = Array.from({ length: READERS }, (_, index) =>
      index % 50 === 1 ? `grey-${index}` : index % 50 === 2 ? `gone-${index}` : `reader-${index}`,
    );
    await t.write('garden', 'every: 1d\nat: "08:00"', { '1-frost': 'title: Frost', '2-thaw': 'title: Thaw' });
    await t.join('garden', ...readers);
    await t.schedule('garden');
    const look = async (): Promise<Told> => {
      const { stdout } = await place.run('status', 'garden', '--json');
      return (JSON.parse(stdout) as [Told])[0];
    };

    worker = startWorkerProcess(t);
    const taken = () => t.smtp.transactions.filter(({ accepted }) => accepted).length;
    await expect.poll(taken, { timeout: 60_000 }).toBeGreaterThan(10);
    const before = taken();
    const midway = await look();
    expect(midway.issues[0]?.accepted).toBeGreaterThanOrEqual(before - 5);
    expect(midway.issues[0]?.accepted).toBeLessThanOrEqual(taken());
    expect(midway.answer).toMatch(/^Issue 1 is going out: \d+ of 150 have it/);

    serverMs = 20;
    await worker.kill();
    worker = startWorkerProcess(t);
    await t.redis.kill();
    await t.redis.restart();
    const looks: Told[] = [midway];
    await expect
      .poll(
        async () => {
          looks.push(await look());
          const issue = looks.at(-1)?.issues[0];
          return issue === undefined
            ? -1
            : issue.accepted + issue.rejected + issue.suppressed + issue.skipped + issue.deferred;
        },
        { timeout: 90_000, interval: 500 },
      )
      .toBe(READERS);

    for (const { issues } of looks)
      for (const issue of issues)
        expect([issue.audience, sumOf(issue)]).toEqual([issue.audience, issue.audience]);
    const last = looks.at(-1)?.issues[0];
    // A mail that was under way when the worker was killed may have come twice: the server's count is of readers.
    const had = new Set(t.smtp.transactions.filter(({ accepted }) => accepted).flatMap(({ to }) => to));
    expect(last).toMatchObject({
      audience: READERS,
      accepted: had.size,
      deferred: 3,
      waiting: 0,
      uncertain: 0,
    });
    expect(last?.rejected).toBe(refused.size);
    // Who was answered when the worker was killed was asked again.
    expect(last?.deferrals).toBeLessThanOrEqual(deferrals);
    expect(last?.deferrals).toBeGreaterThanOrEqual(3);
    const { stdout } = await place.run('status', 'garden');
    expect(stdout).toMatch(/^144 of 150 have issue 1 \(3 were put off .*?3\s+were refused/s);
  },
  180_000,
);
