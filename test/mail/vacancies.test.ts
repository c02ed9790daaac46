import { expect, test } from 'vitest';
import { Vacancies, type Vacancy } from '../../src/mail/vacancies.ts';

/** Who has been given room so far, and how often it was said that another one may. */
function openRow() {
  const row = { given: new Map<string, Vacancy>(), ended: 0 };
  const vacancies = new Vacancies(() => row.ended++);
  const ask = (who: string) => void vacancies.ask().then((vacancy) => row.given.set(who, vacancy));
  return { row, vacancies, ask };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('room is given to one at a time, to who has waited longest', async () => {
  const { row, vacancies, ask } = openRow();
  expect(vacancies.isWanted).toBe(false);
  ask('first');
  ask('second');
  expect(vacancies.isWanted).toBe(true);
  vacancies.give(7);
  await turn();
  expect([...row.given.keys()]).toEqual(['first']);
  expect(row.given.get('first')?.many).toBe(7);
  expect(vacancies.isWanted).toBe(false);
  row.given.get('first')?.end();
  expect(vacancies.isWanted).toBe(true);
});

test('who says twice that their mails are offered does not end another one’s', async () => {
  const { row, vacancies, ask } = openRow();
  ask('first');
  ask('second');
  vacancies.give(7);
  await turn();
  row.given.get('first')?.end();
  vacancies.give(3);
  row.given.get('first')?.end();
  expect(vacancies.isWanted).toBe(false);
  expect(row.ended).toBe(1);
});
