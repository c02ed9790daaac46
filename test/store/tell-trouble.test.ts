import { expect, test } from 'vitest';
import { silentLog } from '../../src/domain/log.ts';
import { openTroubleTeller } from '../../src/store/tell-trouble.ts';

const FULL = 'It is full.';
const AWAY = 'It is away.';

/** What is told while trouble comes and goes: `at` in seconds, undefined = it is over. */
function toldOf(events: readonly (readonly [at: number, trouble: string | undefined])[]): string[] {
  const clock = { seconds: 0 };
  const told: string[] = [];
  const say = (_: Record<string, unknown>, message: string) => told.push(`${clock.seconds} ${message}`);
  const teller = openTroubleTeller({ ...silentLog, warn: say, info: say }, () => clock.seconds * 1_000);
  for (const [at, trouble] of events) {
    clock.seconds = at;
    if (trouble === undefined) teller.goOn();
    else teller.wait(trouble, undefined);
  }
  return told;
}

const everySecond = (from: number, to: number, trouble: string) =>
  Array.from({ length: to - from }, (_, second) => [from + second, trouble] as const);

test('trouble is told at once, each minute it lasts, and when it is over', () => {
  expect(toldOf([...everySecond(0, 130, FULL), [130, undefined]])).toEqual([
    `0 ${FULL}`,
    `60 ${FULL}`,
    `120 ${FULL}`,
    '130 Redis works; going on',
  ]);
});

test('another reason is news', () => {
  expect(toldOf([...everySecond(0, 5, AWAY), ...everySecond(5, 9, FULL)])).toEqual([
    `0 ${AWAY}`,
    `5 ${FULL}`,
  ]);
});

test('trouble that comes and goes each second is one line until it stays', () => {
  const flapping = Array.from(
    { length: 20 },
    (_, index) => [index / 2, index % 2 === 0 ? FULL : undefined] as const,
  );
  expect(toldOf([...flapping, ...everySecond(10, 20, FULL)])).toEqual([
    `0 ${FULL}`,
    '0.5 Redis works; going on',
    `15 ${FULL}`,
  ]);
});

test('after a while of peace the same trouble is news again', () => {
  expect(
    toldOf([
      [0, FULL],
      [1, undefined],
      [12, FULL],
      [13, undefined],
    ]),
  ).toEqual([`0 ${FULL}`, '1 Redis works; going on', `12 ${FULL}`, '13 Redis works; going on']);
});
