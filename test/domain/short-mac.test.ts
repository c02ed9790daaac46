import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortMac } from '../../src/domain/short-mac.ts';

const nodes = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url');

test("is Node's HMAC, whatever the key and the text, one after the other", () => {
  const keys = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes));
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 3 });
  fc.assert(
    fc.property(keys, texts, (key, several) => {
      const mac = shortMac(key);
      expect(several.map(mac)).toEqual(several.map((text) => nodes(key, text)));
    }),
  );
});

test.each([0, 1, 55, 56, 63, 64, 65, 169, 170, 171, 511, 512, 513, 10_000])(
  'of a text of %i characters',
  (length) => {
    for (const text of ['x'.repeat(length), '霜'.repeat(length)]) {
      expect(shortMac(Buffer.alloc(32, 7))(text)).toBe(nodes(Buffer.alloc(32, 7), text));
    }
  },
);

test('no key is cut off', () => {
  expect(() => shortMac(Buffer.alloc(65))).toThrow('65 bytes');
});
