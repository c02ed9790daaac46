import { expect, test } from 'vitest';
import { closestWord } from '../../src/domain/closest-word.ts';

const WORDS = ['subject', 'preheader', 'release', 'at', 'from', 'every'];

test.each([
  ['subjekt', 'subject'],
  ['sbject', 'subject'],
  ['Subjcet', 'subject'],
  ['pre_header', 'preheader'],
  ['realease', 'release'],
  ['evry', 'every'],
  ['form', 'from'],
  ['fom', 'from'],
  ['sujekct', 'subject'],
  ['topic', undefined],
  ['', undefined],
])('%j is meant as %s', (typed, meant) => {
  expect(closestWord(typed, WORDS)).toBe(meant);
});
