import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPart } from '../support/drawn-part.ts';
import { GARDEN_SITE } from '../support/garden-site.ts';
import { openPartwork, type RunningPartwork } from '../support/running-partwork.ts';
import { fromAnotherNetwork, openSignupForm, type SendForm } from '../support/web-visitor.ts';

const BLOG = 'https://blog.example.com';
const EVIL = 'evil.example.net';

let partwork: RunningPartwork;
let form: SendForm;
beforeAll(async () => {
  partwork = await openPartwork({ files: GARDEN_SITE, env: { PARTWORK_ORIGINS: BLOG } });
  // No letter need go out for where a form leads.
  await partwork.start('serve');
  await partwork.command('schedule', 'garden', '--yes');
  form = await openSignupForm(partwork, 'garden');
}, 300_000);
afterAll(() => partwork?.close());

const SCHEMES = [
  'https:',
  'http:',
  'HTTPS:',
  'ftp:',
  'javascript:',
  'data:',
  'file:',
  'blob:',
  'view-source:',
  '',
];
const SLASHES = [
  '//',
  '\\\\',
  '/\\',
  '\\/',
  '///',
  '////',
  '/',
  '',
  '/\t/',
  '/%09/',
  '%2f%2f',
  '%5c%5c',
  '⁄⁄',
  '／／',
];
const HOSTS = [
  EVIL,
  `blog.example.com@${EVIL}`,
  `blog.example.com:x@${EVIL}`,
  `blog.example.com%40${EVIL}`,
  `blog.example.com.${EVIL}`,
  `blog.example.com。${EVIL}`,
  `${EVIL}#@blog.example.com`,
  `${EVIL}?blog.example.com`,
  `${EVIL}\\@blog.example.com`,
  `${EVIL}\u0000.blog.example.com`,
  'blog.example.community',
  'xblog.example.com',
  'blog.example.com:8443',
  'blоg.example.com',
  '2130706433',
  '[::ffff:7f00:1]',
];
const ENVELOPES: readonly ((url: string) => string)[] = [
  (url) => `${url}/x`,
  (url) => ` ${url}`,
  (url) => `\t${url}`,
  (url) => `\r\n${url}`,
  (url) => `\u00a0${url}`,
  (url) => `\u200b${url}`,
  encodeURIComponent,
  (url) => encodeURIComponent(encodeURIComponent(url)),
];
const INJECTIONS = [
  `${BLOG}/\r\nLocation: https://${EVIL}/`,
  `${BLOG}/%0d%0aLocation:%20https://${EVIL}/`,
  `${BLOG}/\r\n\r\n<script>alert(1)</script>`,
  `${BLOG}/\u560d\u560aLocation: https://${EVIL}/`,
  `${BLOG}/\u2028https://${EVIL}`,
];

/** Every scheme with every way to write slashes and every host that may pass for ours, each in another envelope. */
const STRINGS = [
  ...INJECTIONS,
  ...SCHEMES.flatMap((scheme) =>
    SLASHES.flatMap((slashes) => HOSTS.map((host) => scheme + slashes + host)),
  ).map((url, index) => ENVELOPES[index % ENVELOPES.length]?.(url) ?? url),
];

const PART = drawPart();

test('a form of the blog comes back to the blog', async () => {
  const answer = await form(
    { address: 'ash@example.com', return: `${BLOG}/thanks?from=garden#here` },
    fromAnotherNetwork(),
  );
  expect(answer.status).toBe(303);
  expect(new URL(answer.headers.get('location') ?? '').origin).toBe(BLOG);
});

test(
  `none of ${STRINGS.length} strings takes a reader anywhere else (${PART.name})`,
  { timeout: 300_000 },
  async () => {
    expect(STRINGS.length).toBeGreaterThan(1_000);
    const trouble: string[] = [];
    const queue = [...STRINGS.entries()].filter(([nth]) => PART.isIn(nth, 0)).values();
    const work = async () => {
      for (const [index, url] of queue) {
        const address = `reader@d${index}.example.com`;
        const answer = await form({ address, return: url }, fromAnotherNetwork());
        const body = await answer.text();
        trouble.push(...wrongWith(answer, body).map((what) => `${JSON.stringify(url)}: ${what}`));
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
    expect(trouble).toEqual([]);
  },
);

function wrongWith(answer: Response, body: string): string[] {
  const found: string[] = [];
  if (![200, 303].includes(answer.status)) found.push(`answers ${answer.status}`);
  const location = answer.headers.get('location');
  if (location !== null && !(URL.canParse(location) && new URL(location).origin === BLOG)) {
    found.push(`leads to ${location}`);
  }
  if (location !== null && new URL(location).username !== '') found.push(`names a user in ${location}`);
  if (answer.headers.get('refresh') !== null) found.push('refreshes');
  if (/<(?:a|form|meta|script)\b[^>]*evil\.example/i.test(body)) found.push('is linked on the page');
  return found;
}
