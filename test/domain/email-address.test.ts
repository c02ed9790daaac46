import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { domainOf, identityOf, parseEmailAddress } from '../../src/domain/email-address.ts';

const SAFE = /^(?!.*[<>()[\]\\,;:"])[!-~]{1,254}$/;

describe('an address is taken', () => {
  test.each([
    ['ash@example.com', 'ash@example.com'],
    ['  ash@example.com\t', 'ash@example.com'],
    ['Ash.Ivy+garden@Example.COM', 'Ash.Ivy+garden@example.com'],
    ["o'neil_{x}=~`|!#$%&*/?^@example.com", "o'neil_{x}=~`|!#$%&*/?^@example.com"],
    ['ash＠ｅｘａｍｐｌｅ．ｃｏｍ', 'ash@example.com'],
    ['ａｓｈ@example.com', 'ash@example.com'],
    ['ash@例え.example', 'ash@xn--r8jz45g.example'],
    ['ash@bücher.example', 'ash@xn--bcher-kva.example'],
    ['ash@example.xn--p1ai', 'ash@example.xn--p1ai'],
    ['ash@exam\u00adple\u200b.com', 'ash@example.com'],
    ['=ash?=@example.com', '=ash?=@example.com'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%j as %j', (typed, address) => {
    expect(parseEmailAddress(typed)).toBe(address);
  });
});

describe('an address is refused', () => {
  const refused = [
    ['', 'nothing'],
    ['ash', 'no @'],
    ['@example.com', 'no local part'],
    ['ash@', 'no domain'],
    ['ash@localhost', 'no dot in the domain'],
    ['ash@192.0.2.1', 'an IP address'],
    ['ash@[192.0.2.1]', 'an address literal'],
    ['ash@-example.com', 'a label beginning with a hyphen'],
    ['ash@exa_mple.com', 'an underscore in the domain'],
    ['ash@example..com', 'an empty label'],
    ['ash@example.com.', 'a root dot'],
    [`ash@${'a'.repeat(64)}.com`, 'a label over 63'],
    [`${'a'.repeat(65)}@example.com`, 'a local part over 64'],
    [`ash@${'abc.'.repeat(62)}example`, 'over 254'],
    ['.ash@example.com', 'a leading dot'],
    ['ash.@example.com', 'a trailing dot'],
    ['a..da@example.com', 'two dots'],
    ['"ash ivy"@example.com', 'a quoted local part'],
    ['"x@y"@example.com', 'an @ in quotes'],
    ['ash(comment)@example.com', 'a comment'],
    ['Ash <ash@example.com>', 'a display name'],
    ['<ash@example.com>', 'angle brackets'],
    ['ash@example.com, bay@example.com', 'two addresses'],
    ['ash@example.com;bay@example.com', 'a list with a semicolon'],
    ['group:ash@example.com;', 'a group'],
    ['ash@example.com>\r\nRCPT TO:<fig@example.net', 'an injected command'],
    ['ash@example.com\r\nBcc: fig@example.net', 'an injected header'],
    ['ash\u0000@example.com', 'NUL'],
    ['ash ivy@example.com', 'a space'],
    ['ash\u2028@example.com', 'a line separator'],
    ['\u202eada@example.com', 'a bidi control'],
    ['阿達@example.com', 'a local part that is not ASCII'],
    ['ash@exam ple.com', 'a space in the domain'],
    ['ash@example.com/path', 'a path'],
    ['ash@example.com?x', 'a query'],
    ['ash@example.com#x', 'a fragment'],
    ['ash@example.com\\x', 'a backslash'],
    ['ash@exa\r\nmple.com', 'a line break in the domain'],
    ['ash@exa\tmple.com', 'a tab in the domain'],
    ['ash@exa%6dple.com', 'an escape'],
    ['ash＠example.net@example.com', 'a full-width @ before the @'],
    ['=?utf-8?q?ash=40example.net=3e=00?=@example.com', 'an encoded word'],
    ['ash@[IPv6:2001:db8::1]', 'an IPv6 literal'],
    ['ash%00@example.com\u0000', 'a trailing NUL'],
    ['(ash@example.net)bay@example.com', 'an address in a comment'],
    ['ash@example.com (ash)', 'a comment at the end'],
    ['@example.net,@example.org:ash@example.com', 'a source route'],
    ['ash@example.c', 'a one-letter top domain'],
    ['ash@example.123', 'a top domain of digits'],
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
  const [a, b] = [parseEmailAddress('Ash@Example.com'), parseEmailAddress('ash@EXAMPLE.com')];
  if (a === undefined || b === undefined) throw new Error('both are addresses');
  expect(identityOf(a)).toBe(identityOf(b));
  expect(domainOf(a)).toBe('example.com');
});
