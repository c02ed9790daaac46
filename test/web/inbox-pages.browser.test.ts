import { afterAll, beforeAll, expect, test } from 'vitest';
import { createInboxPages } from '../../src/web/inbox/inbox-pages.tsx';
import { startWeb, type WebServer } from '../../src/web/server.ts';
import { describeWithBrowser } from '../support/browser.ts';

const mailOf = (number: number) => ({ number, to: ['ash@example.com'], subject: `Mail ${number}` });

let numbers: readonly number[] = [];
let lookAgain: () => void = () => {};
let server: WebServer;
beforeAll(async () => {
  const pages = createInboxPages({
    contentFolder: 'content',
    pagesUrl: 'http://localhost:1234',
    async entries() {
      lookAgain();
      return numbers.map(mailOf);
    },
    find: async () => undefined,
  });
  server = await startWeb(pages, 0, { hostname: '127.0.0.1' });
});
afterAll(() => server.close());

/** Until the page has asked twice more: what it asked first may have been answered before. */
async function lookedTwice(): Promise<void> {
  for (const _ of [1, 2]) await new Promise<void>((looked) => (lookAgain = looked));
}

describeWithBrowser('the inbox that is open', (open) => {
  test(
    'shows what comes in, also behind something that came in earlier, each once and in its place',
    { timeout: 120_000 },
    async () => {
      numbers = [1];
      const page = await open();
      await page.goto(`http://127.0.0.1:${server.port}/`);
      const list = page.getByRole('navigation').getByRole('listitem').locator('b');
      for (const [coming, shown] of [
        [
          [1, 3],
          ['Mail 3', 'Mail 1'],
        ],
        [
          [1, 2, 3],
          ['Mail 3', 'Mail 2', 'Mail 1'],
        ],
        [
          [1, 2, 3, 5, 4],
          ['Mail 5', 'Mail 4', 'Mail 3', 'Mail 2', 'Mail 1'],
        ],
      ] as const) {
        numbers = coming;
        await expect.poll(() => list.allTextContents(), { timeout: 30_000 }).toEqual(shown);
      }
      await lookedTwice();
      expect(await list.count()).toBe(5);
    },
  );
});
