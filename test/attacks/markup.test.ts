import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { drawPart } from '../support/drawn-part.ts';
import { describeWithBrowser, type OpenPage } from '../support/browser.ts';
import { isLinkedTo, linkIn } from '../support/received-mail.ts';
import { openPartwork, type RunningPartwork } from '../support/running-partwork.ts';
import { fromAnotherNetwork, openSignupForm } from '../support/web-visitor.ts';

const PAYLOADS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(2)>',
  "'><svg/onload=alert(3)>",
  '</title></textarea></style></script><script>alert(4)</script>',
  ']]><script xmlns="http://www.w3.org/1999/xhtml">alert(5)</script>',
  'javascript:alert(6)',
  '{{constructor.constructor("alert(7)")()}}${alert(8)}',
  '<a href="javascript:alert(9)" autofocus onfocus=alert(10)>x</a>',
  '&lt;script&gt;alert(11)&lt;/script&gt;',
  '<iframe srcdoc="<script>alert(12)</script>"></iframe><meta http-equiv="refresh" content="0;url=data:text/html,x">',
];
const BLOG = 'https://blog.example.com';
/** The lint lets no template language through, so a writer's has none. */
const WRITTEN = PAYLOADS.map((payload) => payload.replace(/^\{\{.*?\}\}/, ''));
const yaml = (text: string): string => JSON.stringify(text);

/** Two payloads a series: the first that does anything is seen, and what does nothing hides nothing behind it. */
const SERIES = WRITTEN.flatMap((payload, index) =>
  index % 2 === 0 ? [[payload, WRITTEN[index + 1] ?? ''] as const] : [],
);
const linkTo = (payload: string): string => `[${payload}](${payload.replaceAll(/[\s()<>]/g, '')})`;

/** Series whose payloads stand wherever a writer can write a line of text. */
const FILES = Object.fromEntries(
  SERIES.flatMap((payloads, index) => {
    const both = payloads.join(' and ');
    return [
      [
        `content/s${index}/_index.md`,
        `---\ntitle: ${yaml(`T ${both}`)}\ndescription: ${yaml(`D ${both}`)}\nevery: 1d\npaces: [3d]\nletters: [welcome, goodbye]\n---\n\n${both}\n`,
      ],
      [
        `content/s${index}/01-one.md`,
        `---\ntitle: ${yaml(`I ${both}`)}\ndescription: ${yaml(`E ${both}`)}\n---\n\nText. ${payloads.join('\n\nText. ')}\n\n${payloads.map((payload) => `![${payload}](/x.png)\n\n${linkTo(payload)}\n`).join('\n')}`,
      ],
      [`content/s${index}/02-two.md`, `---\ntitle: ${yaml(`J ${both}`)}\n---\n\nText.\n`],
    ];
  }),
);
/** Each series is in two parts of six, each payload of a stranger's in one, and in another one on each page. */
const PART = drawPart();
const DRAWN = [...SERIES.keys()].filter((index) => PART.isIn(index, 0) || PART.isIn(index, 1));
const ONE = `s${DRAWN[0]}`;

let partwork: RunningPartwork;
beforeAll(async () => {
  partwork = await openPartwork({
    files: FILES,
    env: {
      PARTWORK_ORIGINS: BLOG,
      SITE_URL: BLOG,
      PARTWORK_FROM: "x' onclick='alert(13) <letters@example.com>",
      LOG_LEVEL: 'warn',
    },
  });
  await partwork.start('up');
  for (const index of DRAWN) await partwork.command('schedule', `s${index}`, '--yes');
}, 300_000);
afterAll(() => partwork?.close());

/** A window in which our own policy is off, so that only what is escaped is harmless; it notes whatever ran. */
async function openUnguarded(open: OpenPage): Promise<{ page: Page; ran: string[] }> {
  const page = await open({ bypassCSP: true });
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(`${page.url()}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      ran.push(message.text());
  });
  page.on('pageerror', (error) => ran.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (/^https?:$/.test(protocol) && ![partwork.url, BLOG].includes(origin))
      ran.push(`asked ${request.url()}`);
  });
  return { page, ran };
}

const DANGERS =
  'script:not([src="/proof.js"]), iframe, object, embed, base, meta[http-equiv], [onerror], [onload], [onfocus], [onclick], a[href^="javascript:" i], form[action^="javascript:" i]';

async function look(page: Page, url: string): Promise<string[]> {
  await page.goto(url, { waitUntil: 'load' }).catch((error: unknown) => {
    if (!/ERR_ABORTED|Download is starting/.test(String(error))) throw error;
  });
  return dangersOn(page);
}

const dangersOn = (page: Page) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll(${JSON.stringify(DANGERS)})].map((found) => location.href + ' has ' + found.outerHTML)`,
  );

const stampOf = async (page: Page, series: string): Promise<string> => {
  await page.goto(`${partwork.url}/s/${series}`);
  return page.locator('form.signup [name=stamp]').inputValue();
};

/** Any field, with any value, as no browser would let a person do. */
const fillInAll = (page: Page, values: Readonly<Record<string, string>>) =>
  page.evaluate(`{
    const form = document.querySelector('form.signup');
    form.noValidate = true;
    for (const [name, value] of Object.entries(${JSON.stringify(values)})) {
      const field = document.createElement('input');
      field.name = name;
      field.value = value;
      form.querySelector('[name="' + name + '"]')?.remove();
      form.append(field);
    }
  }`);

describeWithBrowser(`markup in every place where somebody may write (${PART.name})`, (open) => {
  test('of the writer’s, on everybody’s pages and in the feed', { timeout: 180_000 }, async () => {
    const { page, ran } = await openUnguarded(open);
    const dangers = await look(page, `${partwork.url}/`);
    for (const index of DRAWN) {
      for (const path of ['', '/one', '/two', '/feed.xml', '?lang=zh-Hant']) {
        dangers.push(...(await look(page, `${partwork.url}/s/s${index}${path}`)));
      }
    }
    expect(dangers).toEqual([]);
    expect(ran).toEqual([]);
  });

  test('of a stranger’s, in addresses', { timeout: 180_000 }, async () => {
    const { page, ran } = await openUnguarded(open);
    const dangers: string[] = [];
    for (const [index, payload] of PAYLOADS.entries()) {
      const written = encodeURIComponent(payload);
      const paths = [
        `/?lang=${written}`,
        `/s/${ONE}?lang=${written}&x=${written}`,
        `/${written}`,
        `/s/${written}`,
        `/s/${ONE}/${written}`,
        `/s/${written}/feed.xml`,
        `/u/${written}`,
        `/m/${written}`,
        `/c/${ONE}/${written}`,
        `/d/${written}`,
        `/s/${ONE}/subscribe?lang=${written}`,
      ];
      for (const path of paths.filter((_, place) => PART.isIn(index, place))) {
        dangers.push(...(await look(page, partwork.url + path)));
      }
    }
    expect(dangers).toEqual([]);
    expect(ran).toEqual([]);
  });

  test(
    'of a stranger’s, in every field of the form: with what is wrong with it, and on the way to one more step',
    { timeout: 180_000 },
    async () => {
      const { page, ran } = await openUnguarded(open);
      const dangers: string[] = [];
      const stamp = await stampOf(page, ONE);
      await page.waitForTimeout(3_200);
      for (const [index, payload] of PAYLOADS.entries()) {
        for (const isInTime of [false, true].filter((_, way) => PART.isIn(index, way))) {
          await page.setExtraHTTPHeaders({ ...fromAnotherNetwork() });
          await page.goto(`${partwork.url}/s/${ONE}`);
          await fillInAll(page, {
            address: payload,
            name: payload,
            pace: payload,
            return: payload,
            stamp: isInTime ? stamp : '',
          });
          await page.locator('form.signup button[type=submit]').click();
          await page.waitForLoadState('load');
          expect(page.url()).toContain('/subscribe');
          expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(
            isInTime ? /^T / : /One more step/,
          );
          dangers.push(...(await dangersOn(page)));
          await page.locator('main button').first().click();
          await page.waitForLoadState('load');
          dangers.push(...(await dangersOn(page)));
        }
      }
      expect(dangers).toEqual([]);
      expect(ran).toEqual([]);
    },
  );

  test('of a reader’s, in their name, on their own pages, and in mails', { timeout: 240_000 }, async () => {
    const { page, ran } = await openUnguarded(open);
    const dangers: string[] = [];
    const form = await openSignupForm(partwork, ONE);
    for (const [index, payload] of [...PAYLOADS.entries()].filter(([nth]) => PART.isIn(nth, 0))) {
      const address = `reader@s${index}.example.com`;
      const asked = await form({ address, name: payload }, fromAnotherNetwork());
      expect(asked.status).toBe(200);
      const letter = await partwork.waitForMail(address, isLinkedTo('c'));
      // Not a word of a stranger's in a confirmation.
      expect(letter.text).not.toContain(`Hello ${payload}`);
      dangers.push(...(await look(page, linkIn(letter, 'c'))));
      await page.locator('main button').first().click();
      const issue = await partwork.waitForMail(address, ({ oneClickUrl }) => oneClickUrl !== undefined);
      const own = linkIn(issue, 'm');
      await fetch(`${own}/data`, { method: 'POST', redirect: 'manual' });
      const data = await partwork.waitForMail(address, isLinkedTo('d'));
      for (const url of [
        own,
        `${own}?done=${encodeURIComponent(payload)}`,
        linkIn(issue, 'u'),
        linkIn(data, 'd'),
      ]) {
        dangers.push(...(await look(page, url)));
      }
      for (const mail of await partwork.mails(address)) {
        await page.setContent(mail.html, { waitUntil: 'domcontentloaded' });
        const found = await dangersOn(page);
        dangers.push(
          ...found.filter((danger) => !/<meta http-equiv="(?:X-UA-Compatible|Content-Type)"/i.test(danger)),
        );
      }
    }
    expect(dangers).toEqual([]);
    expect(ran).toEqual([]);
  });
});
