import { expect, test } from 'vitest';
import { shareConnections } from '../../src/app/share-connections.ts';
import { ALLOWED_CONNECTIONS, CONNECTIONS } from '../../src/bench/site.ts';

test('the product’s issues have as many connections as everybody else', () => {
  expect(shareConnections(ALLOWED_CONNECTIONS).issues).toBe(CONNECTIONS);
});
