import { expect, test } from 'vitest';
import { parseMishaps } from '../../src/domain/mishap.ts';

test.each([
  ['claim.made@3=kill', [{ at: 'claim.made', hit: 3, kind: 'kill', ms: 0 }]],
  [
    'settle.before@1=delay:500, settle.done@20=throw',
    [
      { at: 'settle.before', hit: 1, kind: 'delay', ms: 500 },
      { at: 'settle.done', hit: 20, kind: 'throw', ms: 0 },
    ],
  ],
  ['count', undefined],
  ['no.such@1=kill', undefined],
  ['claim.made=kill', undefined],
  ['claim.made@1=explode', undefined],
  ['', undefined],
])('“%s” says what goes wrong where', (text, mishaps) => {
  expect(parseMishaps(text)).toEqual(mishaps);
});
