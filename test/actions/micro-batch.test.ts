import { expect, test } from 'vitest';
import { MicroBatch } from '../../src/actions/micro-batch.ts';

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

test('with patience, what comes a little later is handled together too, and a full batch waits for nothing', async () => {
  const batches: string[][] = [];
  const batch = new MicroBatch<string, string>({ size: 3, patienceMs: 50 }, async (items) => {
    batches.push([...items]);
    return items;
  });
  const all = [batch.add('first')];
  await turn();
  all.push(batch.add('second'));
  await turn();
  expect(batches).toEqual([]);
  await Promise.all(all);
  expect(batches).toEqual([['first', 'second']]);

  const waitsForever = new MicroBatch<string, string>(
    { size: 2, patienceMs: 2 ** 30 },
    async (items) => items,
  );
  expect(await Promise.all([waitsForever.add('one'), waitsForever.add('two')])).toEqual(['one', 'two']);
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
