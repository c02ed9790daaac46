import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { GARDEN_FILES, isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let redis: TestRedis;
let workplace: Workplace;
beforeAll(async () => {
  redis = await startRedis(['--appendfsync', 'always']);
});
afterEach(() => workplace.remove());
afterAll(() => redis.stop());

async function run(failpoints: string) {
  workplace = await openWorkplace({ REDIS_URL: redis.url, PARTWORK_FAILPOINTS: failpoints });
  await workplace.write(GARDEN_FILES);
  return workplace.run('schedule', 'garden', '--yes');
}

describe.skipIf(!isBuilt)('PARTWORK_FAILPOINTS', () => {
  test('kills where it says, and says so', async () => {
    const { code, stderr } = await run('plan.committed@1=kill');
    expect([code, stderr]).toEqual([null, expect.stringContaining('failpoint plan.committed 1 kill')]);
  });

  test('that names no place is a wrong setting', async () => {
    const { code, stderr } = await run('plan.everywear@1=kill');
    expect([code, stderr]).toEqual([78, expect.stringContaining('PARTWORK_FAILPOINTS')]);
  });
});
