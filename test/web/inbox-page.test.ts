import { expect, test } from 'vitest';
import { createInboxPage } from '../../src/web/inbox-page.ts';

const page = createInboxPage({
  contentFolder: 'content',
  entries: async () => [{ number: 7, to: ['<b>@example.com'], subject: '<script>alert(1)</script>' }],
  htmlOf: async (number) => (number === 7 ? '<p>mail</p>' : undefined),
});

test('the list shows subjects and addresses as text', async () => {
  const html = await (await page.request('/')).text();
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).not.toContain('<script>');
});

test('a mail is shown as it is, and nothing in it may run', async () => {
  const response = await page.request('/mail/7');
  expect(await response.text()).toBe('<p>mail</p>');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test.each([
  ['/mail/8', 404],
  ['/mail/x', 404],
  ['/images/night-sky/arriving.png', 200],
  ['/images/../package.json', 404],
  ['/images/%2e%2e/night-sky/_index.md', 404],
])('%s is %i', async (path, status) => {
  expect((await page.request(path)).status).toBe(status);
});
