import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { GARDEN_FILES, isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';
import { startSmtp } from '../support/smtp-server.ts';

let place: Workplace;
afterEach(() => place.remove());

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ELLIPTIC = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe.skipIf(!isBuilt)('partwork work', () => {
  test('refuses a DKIM key that cannot sign', async () => {
    place = await openWorkplace({
      PARTWORK_DKIM_DOMAIN: 'example.com',
      PARTWORK_DKIM_SELECTOR: 'mail',
      PARTWORK_DKIM_KEY_FILE: 'dkim.pem',
    });
    await place.write({ 'dkim.pem': ELLIPTIC });
    const { code, stderr } = await place.run('work');
    expect([code, stderr]).toEqual([78, expect.stringContaining('DKIM knows RSA and Ed25519')]);
  });

  test.each([
    ['smtp://127.0.0.1?conections=5', 'conections'],
    ['smtp://user@mail.example.com', 'password'],
  ])('refuses SMTP_URL=%s', async (url, words) => {
    place = await openWorkplace({ SMTP_URL: url });
    expect(await place.run('work')).toMatchObject({ code: 78, stderr: expect.stringContaining(words) });
  });

  test('`up` with settings that cannot work ends, with nothing left open', async () => {
    place = await openWorkplace({ SMTP_URL: 'smtp://127.0.0.1?conections=5' });
    expect((await place.run('up')).code).toBe(78);
  });

  test('logs structured lines, without an address even when the server quotes one', async () => {
    const smtp = await startSmtp({
      script: ({ at, line }) =>
        at === 'rcpt' && line.includes('gone@') ? '550 5.1.1 <gone@example.com>: user unknown' : undefined,
    });
    place = await openWorkplace({ SMTP_URL: smtp.url, LOG_LEVEL: 'debug' });
    await place.write(GARDEN_FILES);
    for (const reader of ['here', 'gone']) {
      await place.run('subscribers', 'add', `${reader}@example.com`, '--series', 'garden', '--confirmed');
    }
    await place.run('schedule', 'garden', '--yes');
    const worker = place.start('work');
    let log = '';
    worker.stdout?.on('data', (chunk) => (log += String(chunk)));
    await expect.poll(() => log, { timeout: 15_000 }).toContain('"msg":"dead"');
    await expect.poll(() => log, { timeout: 15_000 }).toContain('"accepted":1');
    worker.kill('SIGTERM');
    await once(worker, 'exit');
    for (const line of log.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg');
    expect(log).not.toMatch(/[a-z]+@example\.com/);
    await smtp.close();
  });
});
