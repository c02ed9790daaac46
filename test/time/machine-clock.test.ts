import { afterEach, expect, test } from 'vitest';
import { keepLooking } from '../../src/actions/keep-looking.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/instant.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { MachineClock } from '../support/machine-clock.ts';

let t: TestApp;
let machine: MachineClock;
afterEach(async () => {
  machine.putBack();
  await t.close();
});

/** The clock of the machine: of Redis, and of this process with BullMQ in it. */
function step(ms: number): void {
  machine.step(ms);
  t.clock.offsetMs += ms;
}

test.each([
  ['back by an hour', -HOUR_MS],
  ['forward by a day', DAY_MS],
])(
  'when the machine has its clock set %s, whoever is due next is still found',
  async (_name, ms) => {
    machine = new MachineClock();
    t = await openTestApp();
    await t.write('letters', 'every: 0', { '01-one': 'title: One', '02-two': 'title: Two' });
    await t.schedule('letters');
    await t.join('letters', 'before');
    await t.settle();
    expect(t.received('before')).toEqual(['One', 'Two']);

    // A series that has begun before the time that comes again.
    await t.travelDays(2);

    step(ms);
    // What every worker process does four times a minute.
    await keepLooking(t.app);
    await t.join('letters', 'after');
    await expect.poll(() => t.received('after'), { timeout: 30_000 }).toEqual(['One', 'Two']);
  },
  60_000,
);
