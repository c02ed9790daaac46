import { expect, test } from 'vitest';
import { TicketOrder } from '../../src/actions/ticket-order.ts';
import type { SeriesId } from '../../src/domain/series.ts';

const GARDEN = 'garden' as SeriesId;
const TEA = 'tea' as SeriesId;

/** What has had its turn so far, in the order it came. */
function watch(order: TicketOrder, begun: string[]) {
  return (name: string, series: SeriesId) => {
    const place = order.join(series);
    void place.turn.then(() => begun.push(name));
    return place;
  };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('batches of a series begin one after the other, whichever is through first; those of another series do not wait', async () => {
  const begun: string[] = [];
  const join = watch(new TicketOrder(), begun);
  const first = join('first', GARDEN);
  const second = join('second', GARDEN);
  join('third', GARDEN);
  join('tea', TEA);
  await turn();
  expect(begun).toEqual(['first', 'tea']);
  // It has nothing to begin, and still waits for its turn to be over.
  second.pass();
  await turn();
  expect(begun).toEqual(['first', 'tea']);
  first.pass();
  await turn();
  expect(begun).toEqual(['first', 'tea', 'second', 'third']);
});

test('after a pause the row begins anew, and letting the next begin twice is once', async () => {
  const begun: string[] = [];
  const join = watch(new TicketOrder(), begun);
  const first = join('first', GARDEN);
  first.pass();
  first.pass();
  await turn();
  join('second', GARDEN);
  join('third', GARDEN);
  await turn();
  expect(begun).toEqual(['first', 'second']);
});
