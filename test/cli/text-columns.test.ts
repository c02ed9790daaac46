import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { textColumns } from '../../src/cli/text-columns.ts';

test('every character takes as many columns as string-width says, alone and beside others', () => {
  const characters = Array.from({ length: 0xd800 }, (_, code) => String.fromCharCode(code));
  const differing = characters.filter((one) => textColumns(one) !== stringWidth(one));
  expect(differing).toEqual([]);
});

test.each(['Issue 1 — “frost”…', 'cafe\u0301 au lait', 'a\u00adb', '霜降 2', '👩‍🌾 ©', '██░░ 50 %'])(
  '%j',
  (text) => {
    expect(textColumns(text)).toBe(stringWidth(text));
  },
);
