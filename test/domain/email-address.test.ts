import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { domainOf, identityOf, parseEmailAddress } from '../../src/domain/email-address.ts';

const SAFE = /^(?!.*[<>()[\]\\,;:"])[!-~]{1,254}$/;

describe('an address is taken', () => {
  test.each([
    ['ada@example.com', 'ada@example.com'],
    ['  ada@example.com\t', 'ada@example.com'],
    ['Ada.Lin+garden@Example.COM', 'Ada.Lin+garden@example.com'],
    ["o'neil_{x}=~`|!#$%&*/?^@example.com", "o'neil_{x}=~`|!#$%&*/?^@example.com"],
    ['ada＠ｅｘａｍｐｌｅ．ｃｏｍ', 'ada@example.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
    ['ada@例え.example', 'ada@xn--r8jz45g.example'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@example.xn--p1ai', 'ada@example.xn--p1ai'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%j as %j', (typed, address) => {
    expect(parseEmailAddress(typed)).toBe(address);
  });
});

describe('an address is refused', () => {
  const refused = [
    ['', 'nothing'],
    ['ada', 'no @'],
    ['@example.com', 'no local part'],
    ['ada@', 'no domain'],
    ['ada@localhost', 'no dot in the domain'],
    ['ada@192.0.2.1', 'an IP address'],
    ['ada@[192.0.2.1]', 'an address literal'],
    ['ada@-example.com', 'a label beginning with a hyphen'],
    ['ada@exa_mple.com', 'an underscore in the domain'],
    ['ada@example..com', 'an empty label'],
    ['ada@example.com.', 'a root dot'],
    [`ada@${'a'.repeat(64)}.com`, 'a label over 63'],
    [`${'a'.repeat(65)}@example.com`, 'a local part over 64'],
    [`ada@${'abc.'.repeat(62)}example`, 'over 254'],
    ['.ada@example.com', 'a leading dot'],
    ['ada.@example.com', 'a trailing dot'],
    ['a..da@example.com', 'two dots'],
    ['"ada lin"@example.com', 'a quoted local part'],
    ['"x@y"@example.com', 'an @ in quotes'],
    ['ada(comment)@example.com', 'a comment'],
    ['Ada <ada@example.com>', 'a display name'],
    ['<ada@example.com>', 'angle brackets'],
    ['ada@example.com, bob@example.com', 'two addresses'],
    ['ada@example.com;bob@example.com', 'a list with a semicolon'],
    ['group:ada@example.com;', 'a group'],
    ['ada@example.com>\r\nRCPT TO:<eve@example.net', 'an injected command'],
    ['ada@example.com\r\nBcc: eve@example.net', 'an injected header'],
    ['ada\u0000@example.com', 'NUL'],
    ['ada lin@example.com', 'a space'],
    ['ada\u2028@example.com', 'a line separator'],
    ['\u202eada@example.com', 'a bidi control'],
    ['阿達@example.com', 'a local part that is not ASCII'],
    ['ada@exam ple.com', 'a space in the domain'],
    ['ada@example.com/path', 'a path'],
    ['ada@example.com?x', 'a query'],
    ['ada@example.com#x', 'a fragment'],
    ['ada@example.com\\x', 'a backslash'],
    ['ada@exa\r\nmple.com', 'a line break in the domain'],
    ['ada@exa\tmple.com', 'a tab in the domain'],
    ['ada@exa%6dple.com', 'an escape'],
    [`${'a'.repeat(4_000_000)}@example.com`, 'megabytes'],
  ] as const;

  test.each(refused.map(([typed, why]) => ({ typed, why })))('$why', ({ typed }) => {
    expect(parseEmailAddress(typed)).toBeUndefined();
  });
});

test('an address that was taken is ASCII without anything that means something to SMTP or a header', () => {
  const typed = fc.oneof(fc.emailAddress(), fc.string({ unit: 'grapheme' }));
  const holds = fc.property(typed, fc.string(), (start, end) => {
    const address = parseEmailAddress(start + end);
    return address === undefined || (SAFE.test(address) && parseEmailAddress(address) === address);
  });
  expect(fc.check(holds, { numRuns: 2000 }).counterexample).toBeNull();
});

test('two spellings of one address are one person, with one domain', () => {
  const [a, b] = [parseEmailAddress('Ada@Example.com'), parseEmailAddress('ada@EXAMPLE.com')];
  if (a === undefined || b === undefined) throw new Error('both are addresses');
  expect(identityOf(a)).toBe(identityOf(b));
  expect(domainOf(a)).toBe('example.com');
});
