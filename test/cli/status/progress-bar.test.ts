import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { cellsOf, partNames, progressBar } from '../../../src/cli/status/progress-bar.ts';

const nobody = { accepted: 0, waiting: 0, deferred: 0, rejected: 0, suppressed: 0, skipped: 0, uncertain: 0 };
const text = (parts: Partial<typeof nobody>, width: number, blocks: boolean) =>
  progressBar({ ...nobody, ...parts }, width, { blocks })
    .map((span) => span.text)
    .join('');

test.each([
  [{}, 4, '    ', '    '],
  [{ accepted: 1 }, 4, '████', '####'],
  [{ accepted: 1, waiting: 1 }, 4, '██░░', '##..'],
  [{ accepted: 999_999, rejected: 1 }, 8, '███████x', '#######x'],
  [{ accepted: 999_999, waiting: 1 }, 8, '███████░', '#######.'],
  [{ accepted: 1, waiting: 999_999 }, 8, '█░░░░░░░', '#.......'],
  [
    { accepted: 2, rejected: 1, suppressed: 1, skipped: 1, uncertain: 1, deferred: 1, waiting: 1 },
    8,
    '██x!-▒▓░',
    '##x!-?~.',
  ],
  [{ accepted: 3, waiting: 2, rejected: 1 }, 2, '█░', '#.'],
  [{ accepted: 5 }, 0, '', ''],
])('%o in %i columns', (parts, width, blocks, ascii) => {
  expect([text(parts, width, true), text(parts, width, false)]).toEqual([blocks, ascii]);
});

test('a bar is as wide as it should be, shows everybody there is, and nobody else', () => {
  const people = fc.oneof(fc.constant(0), fc.nat(3), fc.nat(2_000_000));
  const parts = fc.record(Object.fromEntries(partNames.map((part) => [part, people]))) as fc.Arbitrary<
    typeof nobody
  >;
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 60 }), (given, width) => {
      const cells = cellsOf(given, width);
      const there = partNames.filter((part) => given[part] > 0);
      const filled = partNames.reduce((n, part) => n + cells[part], 0);
      expect(filled).toBe(there.length === 0 ? 0 : width);
      const seen = partNames.filter((part) => cells[part] > 0);
      expect(there).toEqual(expect.arrayContaining(seen));
      expect(seen).toHaveLength(Math.min(width, there.length));
      expect(stringWidth(text(given, width, true))).toBe(width);
    }),
  );
});
