import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithBrowser, phoneTroubles } from '../support/browser.ts';
import type { ReceivedMail } from '../support/received-mail.ts';
import { openPartwork, type RunningPartwork } from '../support/running-partwork.ts';
import { fromAnotherNetwork } from '../support/web-visitor.ts';

const HEAD = 'every: 1d\nletters: [goodbye, finished]';
const FILES = {
  'content/garden/_index.md': `---\ntitle: Garden Letters\nlanguage: en\n${HEAD}\n---\n`,
  'content/garden/01-frost.md': '---\ntitle: The first frost\n---\n\nIt came at night.\n',
  'content/garden/02-thaw.md': '---\ntitle: The thaw\n---\n\nIt left by noon.\n',
  'content/garden/03-seed.md': '---\ntitle: A seed\n---\n\nPut it one finger deep.\n',
  'content/茶信/_index.md': `---\ntitle: 茶的信\nlanguage: zh-Hant\n${HEAD}\n---\n`,
  'content/茶信/01-葉.md': '---\ntitle: 一片葉子\n---\n\n葉子先說話。\n',
  'content/茶信/02-水.md': '---\ntitle: 一壺水\n---\n\n水後來才說。\n',
};

/** What a reader sees, and presses. */
interface Seen {
  readonly series: string;
  readonly address: string;
  readonly subscribe: string;
  readonly asked: string;
  readonly letter: string;
  readonly confirmInMail: string;
  readonly confirm: string;
  readonly joined: string;
  readonly issues: readonly string[];
  readonly ownPage: string;
  readonly nextNow: string;
  readonly coming: string;
  readonly everything: string;
  readonly finished: string;
  readonly leaveInMail: string;
  readonly leave: string;
  readonly left: string;
}

const ENGLISH: Seen = {
  series: 'Garden Letters',
  address: 'Email address',
  subscribe: 'Subscribe',
  asked: 'Now look into your inbox',
  letter: 'Please confirm: Garden Letters',
  confirmInMail: 'Confirm my subscription',
  confirm: 'Yes, begin',
  joined: 'You are in',
  issues: ['The first frost', 'The thaw', 'A seed'],
  ownPage: 'Manage your subscription',
  nextNow: 'Send it to me now',
  coming: 'The next issue is on its way.',
  everything: 'All 3 issues have come to you.',
  finished: 'That was the last issue of Garden Letters',
  leaveInMail: 'Unsubscribe',
  leave: 'Unsubscribe',
  left: 'You have left Garden Letters',
};
const CHINESE: Seen = {
  series: '茶的信',
  address: '電子郵件地址',
  subscribe: '訂閱',
  asked: '請到信箱收信',
  letter: '請確認訂閱《茶的信》',
  confirmInMail: '確認訂閱',
  confirm: '好，開始訂閱',
  joined: '訂閱完成',
  issues: ['一片葉子', '一壺水'],
  ownPage: '訂閱設定',
  nextNow: '現在就寄給我',
  coming: '下一篇正在寄送',
  everything: '全部 2 篇都已寄給您。',
  finished: '《茶的信》已經全部寄完',
  leaveInMail: '取消訂閱',
  leave: '取消訂閱',
  left: '您已取消訂閱《茶的信》',
};

const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};
const JOURNEYS: readonly (readonly [string, string, Seen, BrowserContextOptions])[] = [
  ['in English, at a desk', 'ash@example.com', ENGLISH, DESK],
  ['in English, on a phone', 'bay@example.com', ENGLISH, PHONE],
  ['in Chinese, on a phone', 'cob@example.com', CHINESE, PHONE],
  ['without scripts', 'elm@example.com', ENGLISH, { ...DESK, javaScriptEnabled: false }],
];

let partwork: RunningPartwork;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partwork-mailbox-'));
  partwork = await openPartwork({ files: FILES });
  await partwork.start('up');
  await partwork.command('schedule', 'garden', '--yes');
  await partwork.command('schedule', '茶信', '--yes');
}, 300_000);
afterAll(async () => {
  await partwork?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens a mail as a mail program would, and presses a link in it. */
async function pressInMail(page: Page, mail: ReceivedMail, name: string): Promise<Page> {
  const file = join(folder, 'mail.html');
  await writeFile(file, mail.html);
  await page.goto(pathToFileURL(file).href);
  const link = page.getByRole('link', { name, exact: true });
  if ((await link.getAttribute('target')) !== '_blank') {
    await link.click();
    return page;
  }
  const tab = page.waitForEvent('popup');
  await link.click();
  return tab;
}

/** An issue may be in the mailbox before it is on record that it was taken: then one looks again. */
async function lookUntilThere(page: Page, what: Locator): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  while ((await what.count()) === 0) await page.reload();
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

const expectToFit = async (page: Page) => expect(await phoneTroubles(page)).toEqual([]);

describeWithBrowser('a reader', (open) => {
  test.each(JOURNEYS)(
    '%s, goes from the first page through all issues to the goodbye',
    { timeout: 240_000 },
    async (_, address, seen, options) => {
      const mailOf = (subject: string) => partwork.waitForMail(address, (mail) => mail.subject === subject);
      const page = await open({ ...options, extraHTTPHeaders: fromAnotherNetwork() });

      await page.goto(`${partwork.url}/`);
      await page.getByRole('link', { name: seen.series, exact: true }).first().click();
      await page.getByLabel(seen.address).fill(address);
      await page.waitForTimeout(3_200);
      await press(page, seen.subscribe);
      await page.getByRole('heading', { name: seen.asked }).waitFor();
      await expectToFit(page);

      const confirm = await pressInMail(page, await mailOf(seen.letter), seen.confirmInMail);
      await press(confirm, seen.confirm);
      await confirm.getByRole('heading', { name: seen.joined }).waitFor();
      await expectToFit(confirm);

      for (const [index, title] of seen.issues.entries()) {
        const own = await pressInMail(page, await mailOf(title), seen.ownPage);
        if (index === seen.issues.length - 1) {
          await lookUntilThere(own, own.getByText(seen.everything));
        } else {
          await lookUntilThere(own, own.getByRole('button', { name: seen.nextNow }));
          await press(own, seen.nextNow);
          await own.getByText(seen.coming).waitFor();
        }
        await expectToFit(own);
      }
      await mailOf(seen.finished);

      const last = await mailOf(seen.issues.at(-1) ?? '');
      const leave = await pressInMail(page, last, seen.leaveInMail);
      await press(leave, seen.leave);
      await leave.getByRole('heading', { name: seen.left }).waitFor();
      await mailOf(seen.left);

      const subjects = (await partwork.mails(address)).map(({ subject }) => subject);
      expect(subjects).toEqual([seen.letter, ...seen.issues, seen.finished, seen.left]);
    },
  );
});
