import { describe, expect, test } from 'vitest';
import { GUARDS } from './ledger-model.ts';
import { MISSED, PAIRED, SCOPES } from './scopes.ts';
import { searchOne, searchTwo, type Counterexample } from './search.ts';

// The searches are as long as they are; a machine that is shared only makes them slower.
const PATIENCE_MS = 600_000;

const told = (found: Counterexample | undefined): string =>
  found === undefined ? 'all promises are kept' : [found.broken, ...found.trace].join('\n  ');

describe('every promise holds in every state', () => {
  test.each(Object.keys(SCOPES))(
    'of one reader, two workers and %s',
    (name) => {
      const found = searchOne(SCOPES[name]!);
      expect(told(found.counterexample)).toBe('all promises are kept');
    },
    PATIENCE_MS,
  );

  test.each(Object.keys(PAIRED))(
    'of two readers, two workers and %s',
    (name) => {
      const found = searchTwo(PAIRED[name]!);
      expect(told(found.counterexample)).toBe('all promises are kept');
    },
    PATIENCE_MS,
  );
});

describe('each guard is missed when it is left out', () => {
  test.each(MISSED)(
    '%s',
    (guard, scope, promise) => {
      const found = searchOne(SCOPES[scope]!, guard, promise);
      expect(told(found.counterexample)).toMatch(new RegExp(`^${promise}: .*\\n`));
    },
    PATIENCE_MS,
  );

  test('the table has them all', () => {
    expect(MISSED.map(([guard]) => guard).toSorted()).toEqual([...GUARDS].toSorted());
  });
});
