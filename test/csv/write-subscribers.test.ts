import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeSubscribers, type ExportedSubscriber } from '../../src/csv/write-subscribers.ts';
import { parseEmailAddress, type EmailAddress } from '../../src/domain/email-address.ts';
import { entriesOf } from '../support/csv-bytes.ts';

const ash: ExportedSubscriber = { address: 'ash@example.com' as EmailAddress, name: 'Ash', status: 'active' };

async function textOf(subscribers: Iterable<ExportedSubscriber>): Promise<string> {
  let text = '';
  for await (const piece of writeSubscribers(subscribers)) text += piece;
  return text;
}

test('a file has a header, and one line for each subscriber', async () => {
  const consentedAt = Date.UTC(2024, 0, 2, 3, 4, 5);
  const bay = { ...ash, name: 'Bay "B", 小', status: 'ended', consentedAt, next: 'frost' };
  expect(await textOf([ash, bay])).toBe(
    'email,name,status,created_at,next\n' +
      'ash@example.com,Ash,active,,\n' +
      'ash@example.com,"Bay ""B"", 小",ended,2024-01-02T03:04:05Z,frost\n',
  );
});

test('nobody gives a file with a header', async () => {
  expect(await textOf([])).toBe('email,name,status,created_at,next\n');
});

test('many are written in pieces, each of them once', async () => {
  const lines = (
    await textOf(Array.from({ length: 1_234 }, (_, index) => ({ ...ash, name: `Ash ${index}` })))
  ).split('\n');
  expect(lines).toHaveLength(1_236);
  expect(new Set(lines).size).toBe(1_236);
});

test('no piece is empty, not even after a full last one', async () => {
  const pieces: string[] = [];
  for await (const piece of writeSubscribers(Array.from({ length: 999 }, () => ash))) pieces.push(piece);
  expect(pieces).toHaveLength(2);
  expect(pieces).not.toContain('');
});

describe('a spreadsheet finds no formula in', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', "'=1", "''+1"])('%j', async (name) => {
    const [, line = ''] = (await textOf([{ ...ash, name }])).split('\n');
    expect(line).toMatch(/^ash@example\.com,"?'/);
  });

  test('an address that looks like one', async () => {
    const address = '=cmd@example.com' as EmailAddress;
    expect(await textOf([{ ...ash, address }])).toContain("\n'=cmd@example.com,");
  });
});

const AWKWARD = [
  "'",
  '"',
  '=',
  '+',
  '-',
  '@',
  ',',
  ';',
  '|',
  '\t',
  '\n',
  '\r',
  '＝',
  '\uFEFF',
  ' ',
  '林',
  '🌱',
];
/** As names are kept: on one line, and never with the mark of a letter that was lost. */
const word = fc
  .string({ unit: fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'grapheme', maxLength: 1 })) })
  .map((text) => text.replaceAll(/[\s\p{Cc}\uFFFD]+/gu, ' ').trim());
const address = fc
  .stringMatching(/^[a-z0-9'=+\-|]{1,8}$/)
  .map((local) => parseEmailAddress(`${local}@example.com`))
  .filter((address) => address !== undefined);
const subscriber: fc.Arbitrary<ExportedSubscriber> = fc
  .record({ address, name: word, next: word, seconds: fc.option(fc.integer({ min: 0, max: 4e9 })) })
  .map(({ address, name, next, seconds }) => ({
    address,
    name,
    status: 'active',
    ...(seconds === null ? {} : { consentedAt: seconds * 1000 }),
    ...(next === '' ? {} : { next }),
  }));

test('what is written is read back the same, whatever people are called', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(subscriber), fc.integer({ min: 1, max: 200 }), async (written, pieceSize) => {
      const text = await textOf(written);
      const back: unknown[] = [];
      for (const entry of await entriesOf(Buffer.from(text), pieceSize)) {
        back.push(entry.kind === 'row' ? { ...entry.row, status: 'active' } : entry);
        expect(entry.line).toBe(back.length + 1);
      }
      expect(back).toEqual(written);
    }),
    { numRuns: 300 },
  );
});
