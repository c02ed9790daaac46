import { expect, test } from 'vitest';
import { wishesIn } from '../../../src/cli/watch/keys.ts';

test.each([
  ['q', ['end']],
  ['\u0003', ['interrupt']],
  ['?', ['keys']],
  ['\u001b[A\u001bOB', ['up', 'down']],
  ['\u001b[5~\u001b[6~', ['page-up', 'page-down']],
  ['\u001b[H\u001b[F\u001b[1~\u001b[4~', ['top', 'bottom', 'top', 'bottom']],
  ['jjk', ['down', 'down', 'up']],
  // Keys with modifiers, the mouse, the answer to a question nobody asked: no letter of them is a key.
  ['\u001b[1;5q\u001b[<0;1;1M\u001b[?62;c', []],
  ['x字é\u001b', []],
  ['', []],
])('%j', (typed, wishes) => {
  expect(wishesIn(typed)).toEqual(wishes);
});
