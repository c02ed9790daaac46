import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createComposer } from '../../../src/compose/render-issue.ts';
import { htmlFor, messageOf, textFor } from '../../support/message-of.ts';
import { dangersIn } from '../dangers-in.ts';
import { findChromium } from '../find-chromium.ts';
import { sampleIssue, sampleSeries, SITE } from '../sample-series.ts';
import { CARRIERS } from './carriers.ts';
import { drawPart, type DrawnPart } from '../../support/drawn-part.ts';

/** Of over five thousand. */
const TWELFTHS = 12;

interface HostileMail {
  readonly name: string;
  readonly html: string;
  readonly text: string;
  /** Their names; undefined when the mail layer refuses a message with such a subject or sender. */
  readonly headers: readonly string[] | undefined;
  readonly ms: number;
}

const SECRET = 'the canary file was read';
/** What stops the suite from hanging on a regular expression; the real figure is far below. */
const MOST_MS = 10_000;
const MAILS_PER_PAGE = 100;

let folder: string;
let server: Server;
let visits = 0;
let mails: HostileMail[];

/** Puts each payload, carried in many ways, in every field of an issue, and looks at what is mailed. */
export function describeHostile(payloads: readonly string[]): void {
  const part = drawPart(TWELFTHS);
  describe(`hostile texts in mails, ${part.name}`, () => {
    describePart(payloads, part);
  });
}

function describePart(payloads: readonly string[], part: DrawnPart): void {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'partwork-hostile-'));
    await writeFile(join(folder, 'canary.txt'), SECRET);
    server = createServer((_, response) => {
      visits += 1;
      response.end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    mails = await composeAll([...payloads, ...canaries()], part);
  }, 300_000);

  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  test('none of them leaves anything in the HTML that could run, load code or send', () => {
    const harmful = mails.filter(({ html }) => dangersIn(html).length > 0);
    expect(harmful.map(({ name, html }) => `${name}: ${dangersIn(html).join(' ')}`)).toEqual([]);
  });

  test('none of them adds a header, or takes one away', () => {
    const usual = mails.find(({ headers }) => headers !== undefined)?.headers;
    expect(usual).toContain('List-Unsubscribe');
    const other = mails.filter(({ headers }) => headers !== undefined && headers.join() !== usual?.join());
    expect(other.map(({ name, headers }) => `${name}: ${headers?.join()}`)).toEqual([]);
  });

  test('a subject of several lines is refused', () => {
    expect(mails.find(({ name }) => name.endsWith('as headers'))?.headers).toBeUndefined();
  });

  test('none of them takes the way out away', () => {
    const stuck = mails.filter(
      ({ html, text }) => !/<a href="https:[^"]*\/u\/[^"]*"/.test(html) || !text.includes('/u/'),
    );
    expect(stuck.map(({ name }) => name)).toEqual([]);
  });

  test('none of them reads a file or asks a server', () => {
    expect(mails.filter(({ html, text }) => `${html}${text}`.includes(SECRET))).toEqual([]);
    expect(visits).toBe(0);
  });

  test('none of them takes long', () => {
    const slowest = mails.toSorted((a, b) => b.ms - a.ms)[0];
    expect(slowest).toMatchObject({ ms: expect.toSatisfy((ms: number) => ms < MOST_MS) as number });
  });

  const executablePath = findChromium();

  describe.skipIf(executablePath === undefined)(
    `in a browser${executablePath ? '' : ' (skipped: no Chromium found, set CHROMIUM_PATH)'}`,
    () => {
      test('none of them runs, and none loads anything but pictures', async () => {
        const browser = await chromium.launch({
          ...(executablePath === undefined ? {} : { executablePath }),
          args: ['--no-sandbox', '--disable-gpu'],
        });
        const loaded: string[] = [];
        const hits: string[] = [];
        try {
          const page = await browser.newPage({ offline: true });
          page.on('request', (request) => {
            if (request.resourceType() !== 'image') loaded.push(request.url());
          });
          page.on('dialog', (dialog) => void dialog.dismiss());
          for (let start = 0; start < mails.length; start += MAILS_PER_PAGE) {
            hits.push(...(await hitsIn(page, mails.slice(start, start + MAILS_PER_PAGE))));
          }
        } finally {
          await browser.close();
        }
        expect(hits).toEqual([]);
        expect(loaded).toEqual([]);
      }, 300_000);
    },
  );
}

/** The mails whose payload ran, each in a frame of its own that may run scripts. */
async function hitsIn(page: Page, batch: readonly HostileMail[]): Promise<string[]> {
  await page.setContent('<body></body>');
  const pages = batch.map(({ html }) => html);
  const hit = await page.evaluate<number[]>(`(${FRAMES_THAT_RAN})(${JSON.stringify(pages)})`);
  return hit.map((index) => batch[index]?.name ?? '');
}

// Runs in the page.
const FRAMES_THAT_RAN = `async (pages) => {
  const frames = await Promise.all(pages.map((html) => new Promise((done) => {
    const frame = document.createElement('iframe');
    frame.onload = () => done(frame);
    frame.srcdoc = html;
    document.body.append(frame);
  })));
  return frames.flatMap(({ contentWindow }, index) => (contentWindow.hit || globalThis.hit ? [index] : []));
}`;

async function composeAll(payloads: readonly string[], { isIn }: DrawnPart): Promise<HostileMail[]> {
  const composer = createComposer({ siteUrl: SITE, postalAddress: '1 Garden Lane' });
  const composed: HostileMail[] = [];
  for (const [number, payload] of payloads.entries()) {
    for (const [place, [carrier, carry]] of Object.entries(CARRIERS).entries()) {
      if (!isIn(number, place)) continue;
      const carried = carry(payload);
      const { issue, series } = withEverywhere(carried);
      const started = performance.now();
      const result = await composer.renderIssue(series, issue);
      const ms = performance.now() - started;
      if (!('rendered' in result)) continue;
      const { rendered } = result;
      const name = `payload ${number} (${payload.slice(0, 60)}) as ${carrier}`;
      composed.push({
        name,
        html: htmlFor(rendered),
        text: textFor(rendered),
        headers: headerNames(messageOf(rendered)),
        ms,
      });
    }
  }
  return composed;
}

function withEverywhere(text: string) {
  const issue = sampleIssue({
    title: text,
    subject: text,
    preheader: text,
    description: text,
    image: { url: text, alt: text },
    source: { url: text, name: text },
    params: { title: text, x: text },
    body: `before\n\n${text}\n\nafter {{ page.x }} {{< param x >}}`,
  });
  const whole = sampleSeries(issue);
  const from = { ...whole.from, name: text };
  return { issue, series: { ...whole, title: text, description: text, from } };
}

function headerNames(bytes: Buffer | undefined): string[] | undefined {
  if (bytes === undefined) return undefined;
  const head = bytes.toString('latin1', 0, bytes.indexOf('\r\n\r\n'));
  return head
    .split('\r\n')
    .filter((line) => !/^[ \t]/.test(line))
    .map((line) => line.slice(0, line.indexOf(':')));
}

function canaries(): string[] {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const file = join(folder, 'canary.txt');
  return [
    `<mj-include path="${file}" type="html" />`,
    `{% include '${file}' %}{% render '${file}' %}{% layout '${file}' %}`,
    `{{< readfile "${file}" >}}<object data="file://${file}"></object>`,
    `import x from '${file}';\n\n<X src="${file}" />`,
    `<link rel="stylesheet" href="${address}/x.css"><script src="${address}/x.js"></script>`,
    `![x](${address}/x.png) <img srcset="${address}/y.png 2x" src="${address}/z.png">`,
    `<?xml-stylesheet href="${address}"?><!DOCTYPE x [<!ENTITY y SYSTEM "file://${file}">]>&y;`,
  ];
}
