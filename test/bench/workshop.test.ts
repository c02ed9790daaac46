import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Workshop } from '../../src/bench/workshop.ts';

/** Something that is open until it is let go. */
function thing(closed: string[], name: string) {
  let letGo: (() => void) | undefined;
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  return { letGo: () => letGo?.(), close: () => gone.then(() => void closed.push(name)) };
}

test('last opened, first closed, each once', async () => {
  const workshop = new Workshop();
  const closed: string[] = [];
  for (const name of ['sink', 'house', 'worker']) workshop.keep(async () => void closed.push(name));
  const early = workshop.keep(async () => void closed.push('child'));
  await early();
  await workshop.close();
  await workshop.close();
  expect(closed).toEqual(['child', 'worker', 'house', 'sink']);
});

test('who ends it waits for who is closing it already', async () => {
  const workshop = new Workshop();
  const closed: string[] = [];
  const redis = thing(closed, 'redis');
  workshop.keep(redis.close);
  const closing = workshop.close();
  const ended = workshop.end().then(() => closed.push('ended'));
  redis.letGo();
  await Promise.all([closing, ended]);
  expect(closed).toEqual(['redis', 'ended']);
});

test('what is opened while it ends is closed, too', async () => {
  const workshop = new Workshop();
  const closed: string[] = [];
  const redis = thing(closed, 'redis');
  workshop.keep(redis.close);
  const ended = workshop.end().then(() => closed.push('ended'));
  await setImmediate();
  workshop.keep(async () => void closed.push('late'));
  redis.letGo();
  await ended;
  expect(closed).toEqual(['redis', 'late', 'ended']);
});

test('one that cannot be closed keeps no other open', async () => {
  const workshop = new Workshop();
  const closed: string[] = [];
  workshop.keep(async () => void closed.push('house'));
  workshop.keep(() => Promise.reject(new Error('no')));
  await expect(workshop.close()).rejects.toThrow('Not all of the bench could be closed.');
  expect(closed).toEqual(['house']);
});
