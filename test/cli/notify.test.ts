import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';
import { readMail } from '../support/received-mail.ts';
import { startSmtp, type ScriptedSmtp } from '../support/smtp-server.ts';
import { startWebhookReceiver, WEBHOOK_SECRET, type WebhookReceiver } from '../support/webhook-receiver.ts';

let smtp: ScriptedSmtp;
let hook: WebhookReceiver;
let place: Workplace | undefined;
beforeAll(async () => {
  smtp = await startSmtp({
    script: ({ at, to }) => {
      if (at === 'rcpt' && to.includes('gone@example.org')) return '550 5.1.1 gone@example.org';
      return at === 'rcpt' && to.includes('odd@example.org') ? '452 4.2.2 Not\u200bnow\u061c' : undefined;
    },
  });
  hook = await startWebhookReceiver((response, _, path) =>
    response.writeHead(path === '/good' ? 204 : 500).end(),
  );
});
afterEach(() => place?.remove());
afterAll(async () => {
  await smtp.close();
  await hook.close();
});

async function notify(env: Readonly<Record<string, string>>, ...flags: string[]) {
  place = await openWorkplace({
    // There is no Redis there, and none is asked for.
    REDIS_URL: 'redis://127.0.0.1:1',
    SMTP_URL: smtp.url,
    PARTWORK_FROM: 'letters@example.com',
    PARTWORK_WEBHOOK_SECRET: WEBHOOK_SECRET,
    PARTWORK_WEBHOOK_PRIVATE: 'yes',
    ...env,
  });
  return place.run('notify', ...flags);
}

describe.skipIf(!isBuilt)('partwork notify', () => {
  test('--test tries every way, and says what came of it', async () => {
    const ran = await notify(
      {
        PARTWORK_NOTIFY: 'Ivy <ivy@example.org>',
        PARTWORK_WEBHOOKS: `${hook.url}/good, ${hook.url}/bad?token=hidden`,
        PARTWORK_LANGUAGE: 'zh-TW',
      },
      '--test',
    );
    const { host } = new URL(hook.url);
    expect(ran).toMatchObject({
      code: 1,
      stdout: `mail: taken\nwebhook at ${host}: taken\nwebhook at ${host}: not taken; it says 500\n`,
    });
    expect(hook.received.map(({ isGenuine, body }) => [isGenuine, body['type']])).toEqual([
      [true, 'test'],
      [true, 'test'],
    ]);
    const sent = smtp.transactions.find(({ to }) => to.includes('ivy@example.org'));
    const mail = await readMail(sent?.message ?? '');
    expect([mail.subject, sent?.from]).toEqual(['Partwork 的測試通知', 'letters@example.com']);
  });

  test('a failure shows no address', async () => {
    const { code, stdout, stderr } = await notify(
      { PARTWORK_NOTIFY: 'gone@example.org' },
      '--test',
      '--json',
    );
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      [{ id: 'mail', name: 'mail', kind: 'refused', reason: expect.stringContaining('550 5.1.1 (address)') }],
    ]);
    expect(stdout + stderr).not.toContain('gone@');
  });

  test('a server’s words cannot hide anything on a terminal', async () => {
    const lines = await notify({ PARTWORK_NOTIFY: 'odd@example.org' }, '--test');
    expect(lines.stdout).toContain('452 4.2.2 Not\ufffdnow\ufffd');
    await place?.remove();
    const { stdout } = await notify({ PARTWORK_NOTIFY: 'odd@example.org' }, '--test', '--json');
    expect(stdout).toContain('Not\\u200bnow\\u061c');
  });

  test('without --test it shows the ways, and sends nothing', async () => {
    const before = smtp.connections;
    const ran = await notify({
      PARTWORK_NOTIFY: 'ivy@example.org',
      PARTWORK_WEBHOOKS: 'https://hooks.example.com/T0/secret',
    });
    expect(ran).toMatchObject({ code: 0, stdout: 'mail\nwebhook at hooks.example.com\n' });
    expect(smtp.connections).toBe(before);
  });

  test.each([
    ['nothing is set', {}, 'PARTWORK_NOTIFY'],
    [
      'a secret is missing',
      { PARTWORK_WEBHOOKS: 'https://hooks.example.com/', PARTWORK_WEBHOOK_SECRET: '' },
      'PARTWORK_WEBHOOK_SECRET',
    ],
    [
      'a webhook is no URL',
      { PARTWORK_WEBHOOKS: 'file:///etc/passwd' },
      'PARTWORK_WEBHOOKS: its value is not a list of URLs',
    ],
    ['an address is none', { PARTWORK_NOTIFY: 'ivy' }, 'PARTWORK_NOTIFY: "ivy" is not an address'],
  ])('%s: exit 78, and what to do', async (_, env, words) => {
    const ran = await notify(env, '--test');
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([78, '', expect.stringContaining(words)]);
  });
});
