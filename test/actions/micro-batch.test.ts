import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { MicroBatch, type MicroBatchLimits } from '../../src/actions/micro-batch.ts';

test('what comes in together is handled together, no more than fits, and everybody gets their own answer', async () => {
  const batches: number[][] = [];
  const batch = new MicroBatch<number, number>({ size: 3 }, async (items) => {
    batches.push([...items]);
    return items.map((item) => item * 10);
  });
  const answers = await Promise.all([1, 2, 3, 4].map((item) => batch.add(item)));
  expect(answers).toEqual([10, 20, 30, 40]);
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

test('what comes while a batch is handled is the next one', async () => {
  const batches: string[][] = [];
  const later: Promise<string>[] = [];
  const batch = new MicroBatch<string, string>({ size: 9 }, async (items) => {
    batches.push([...items]);
    if (batches.length === 1) later.push(batch.add('second'), batch.add('third'));
    return items;
  });
  await batch.add('first');
  await Promise.all(later);
  await batch.add('fourth');
  expect(batches).toEqual([['first'], ['second', 'third'], ['fourth']]);
});

test('several batches may be on their way: nothing waits for the answer to another one until there are too many', async () => {
  const batches: string[][] = [];
  const answers: (() => void)[] = [];
  const batch = new MicroBatch<string, string>({ size: 9, atOnce: 2 }, async (items) => {
    batches.push([...items]);
    await new Promise<void>((resolve) => answers.push(resolve));
    return items;
  });
  const all = [batch.add('first')];
  await turn();
  all.push(batch.add('second'));
  await turn();
  all.push(batch.add('third'), batch.add('fourth'));
  await turn();
  expect(batches).toEqual([['first'], ['second']]);
  answers[1]?.();
  await turn();
  expect(batches).toEqual([['first'], ['second'], ['third', 'fourth']]);
  for (const answer of answers) answer();
  expect(await Promise.all(all)).toEqual(['first', 'second', 'third', 'fourth']);
});

test('what is flushed waits no longer, and nobody else is made to', async () => {
  const { batches, batch } = noted<number>({ size: 9, patience: { ms: 60_000, rushFrom: 1 } });
  void batch.add(0);
  const rest = [batch.add(1), batch.add(2)];
  batch.flush();
  expect(batches).toEqual([[0, 1, 2]]);
  await Promise.all(rest);
  batch.flush();
  expect(batches).toHaveLength(1);
});

/** A batch that notes what is handled together, and answers each item with itself. */
function noted<T>(limits: MicroBatchLimits) {
  const batches: T[][] = [];
  const batch = new MicroBatch<T, T>(limits, async (items) => {
    batches.push([...items]);
    return items;
  });
  return { batches, batch };
}

describe('with patience', () => {
  test('nothing waits in quiet times', async () => {
    const { batches, batch } = noted<string>({ size: 9, patience: { ms: 20, rushFrom: 2 } });
    for (const item of ['first', 'second', 'third']) {
      void batch.add(item);
      await turn();
      expect(batches.at(-1)).toEqual([item]);
      await sleep(25);
    }
  });

  test('in a rush, what comes a little later is handled together too, until the rush is over', async () => {
    const { batches, batch } = noted<number>({ size: 99, patience: { ms: 1_000, rushFrom: 2 } });
    await Promise.all([1, 2, 3].map((item) => batch.add(item)));
    const all = [batch.add(4)];
    await turn();
    all.push(batch.add(5));
    await turn();
    expect(batches).toEqual([[1, 2, 3]]);
    await Promise.all(all);
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    await sleep(1_500);
    void batch.add(6);
    await turn();
    expect(batches.at(-1)).toEqual([6]);
  });

  test('who had to wait for another batch does not begin to wait anew after it', async () => {
    const answers: (() => void)[] = [];
    const batch = new MicroBatch<number, number>(
      { size: 2, patience: { ms: 400, rushFrom: 1 } },
      async (items) => {
        await new Promise<void>((resolve) => answers.push(resolve));
        return items;
      },
    );
    const full = [batch.add(1), batch.add(2)];
    const waiting = batch.add(3);
    await sleep(500);
    answers[0]?.();
    await Promise.all(full);
    await turn();
    expect(answers).toHaveLength(2);
    answers[1]?.();
    expect(await waiting).toBe(3);
  });

  test('who comes after a full batch begins to wait anew', async () => {
    const { batches, batch } = noted<number>({ size: 2, patience: { ms: 1_000, rushFrom: 1 } });
    await Promise.all([batch.add(1), batch.add(2)]);
    const all = [batch.add(3)];
    await sleep(600);
    all.push(batch.add(4), batch.add(5));
    await sleep(600);
    expect(batches.slice(1)).toEqual([[3, 4]]);
    await Promise.all(all);
    expect(batches.slice(1)).toEqual([[3, 4], [5]]);
  });

  test('a full batch waits for nothing', async () => {
    const batch = new MicroBatch<string, string>(
      { size: 2, patience: { ms: 2 ** 30, rushFrom: 1 } },
      async (items) => items,
    );
    const items = ['one', 'two', 'three', 'four'];
    expect(await Promise.all(items.map((item) => batch.add(item)))).toEqual(items);
  });
});

/** What was put off to the next turn of the event loop is done after it. */
const turn = async (): Promise<void> => {
  for (let n = 0; n < 2; n++) await new Promise<void>((resolve) => setImmediate(resolve));
};

test('a batch that fails fails for each of its items, and for no other', async () => {
  const batch = new MicroBatch<string, string>({ size: 2 }, async (items) => {
    if (items.includes('bad')) throw new Error('no');
    return items;
  });
  const results = await Promise.allSettled(['good', 'bad', 'fine'].map((item) => batch.add(item)));
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});
