import { describe, expect, test } from 'vitest';
import { drawPart } from '../support/drawn-part.ts';
import { GUARDS } from './ledger-model.ts';
import { MISSED, PAIRED, SCOPES } from './scopes.ts';
import { searchOne, searchTwo, type Counterexample } from './search.ts';

// The searches are as long as they are; a machine that is shared only makes them slower.
const PATIENCE_MS = 600_000;

const part = drawPart();
/** Two of the six parts: a third of the searches, another one each run. */
const drawn = (scopes: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(scopes).filter((_, index) => part.isIn(index, 0) || part.isIn(index, 3));

const told = (found: Counterexample | undefined): string =>
  found === undefined ? 'all promises are kept' : [found.broken, ...found.trace].join('\n  ');

describe(`every promise holds in every state (${part.name})`, () => {
  test.each(drawn(SCOPES))(
    'of one reader, two workers and %s',
    (name) => {
      const found = searchOne(SCOPES[name]!);
      expect(told(found.counterexample)).toBe('all promises are kept');
    },
    PATIENCE_MS,
  );

  test.each(drawn(PAIRED))(
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
