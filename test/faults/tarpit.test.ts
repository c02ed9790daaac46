import { afterEach, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
afterEach(() => t.close());

const TARPIT_MS = 2_300;
const OTHERS = Array.from({ length: 120 }, (_, index) => `reader-${index}@domain-${index % 40}.example`);
const STUCK = Array.from({ length: 3 }, (_, index) => `reader-${index}@tar.example`);
const isStuck = (line: string): boolean => line.includes('@tar.example');

test('a domain that tarpits has one connection, and gets its mail in the end; a hung mail holds up nobody else', async () => {
  let asked = 0;
  t = await openTestApp({
    script: ({ at, line }) => {
      if (at === 'rcpt' && isStuck(line) && ++asked <= STUCK.length)
        return { reply: '250 2.1.5 Ok', afterMs: TARPIT_MS };
      return at === 'body' ? { reply: '250 2.0.0 Ok', afterMs: 5 } : undefined;
    },
  });
  await t.write('course', 'every: 0', { '1-one': 'title: One', '2-two': 'title: Two' });
  // The tarpit's readers first: a worker that sends in order would have all its connections there at once.
  await t.join('course', ...STUCK);
  await t.join('course', ...OTHERS);
  await t.schedule('course');

  await expect.poll(() => OTHERS.filter(hasBoth).length, { timeout: 60_000 }).toBe(OTHERS.length);
  const stuckMeanwhile = t.smtp.commands.filter((line) => line.startsWith('RCPT') && isStuck(line)).length;
  await expect.poll(() => STUCK.filter(hasBoth), { timeout: 60_000 }).toEqual(STUCK);

  // With turns in order the tarpit would have had three of the four connections, again and again.
  expect(stuckMeanwhile).toBeLessThanOrEqual(2);
  expect(new Set(t.smtp.transactions.map(({ to }) => to[0])).size).toBe(OTHERS.length + STUCK.length);
}, 150_000);

const hasBoth = (reader: string): boolean => t.received(reader).join() === 'One,Two';
