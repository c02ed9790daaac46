import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { plainText } from '../../src/cli/plain-text.ts';

describe('what others have written is one harmless line', () => {
  test.each([
    ['a plain name', 'Ash', 'Ash'],
    ['Chinese', '讀者, 一', '讀者, 一'],
    ['a family, which is joined', '👨‍👩‍👧', '👨‍👩‍👧'],
    ['Persian with a joiner', 'می‌خواهم', 'می‌خواهم'],
    ['an ANSI colour', '\u001b[31mred\u001b[0m', '�[31mred�[0m'],
    ['a title of the window', '\u001b]0;gone\u0007', '�]0;gone�'],
    ['C1 of eight bits', '\u009b2J', '�2J'],
    ['line breaks', 'one\r\ntwo\u2028three\u0085four', 'one��two�three�four'],
    ['a backspace and a delete', 'ab\b\u007f', 'ab��'],
    ['text turned round', '\u202egnp.exe\u202c', '�gnp.exe�'],
    ['isolates and marks', '\u2066a\u2069\u200e\u200f\u061c', '�a����'],
    ['letters nobody sees', 'a\u200bb\ufeffc\u{e0041}\u00ad', 'a�b�c��'],
    ['half of a pair', '\ud800x', '�x'],
    ['nothing', '', ''],
  ])('%s', (_, text, shown) => {
    expect(plainText(text)).toBe(shown);
  });

  test('a long one is cut by what it takes on the screen', () => {
    expect(plainText('x'.repeat(1_000), 10)).toBe(`${'x'.repeat(10)}…`);
    expect(plainText('字'.repeat(1_000), 10)).toBe(`${'字'.repeat(5)}…`);
    expect(plainText('x'.repeat(10), 10)).toBe('x'.repeat(10));
    expect(stringWidth(plainText('字'.repeat(10_000_000)))).toBe(241);
  });

  test('a flood of marks on one letter is cut too', () => {
    expect(plainText(`a${'\u0301'.repeat(100)}b`)).toBe('�b');
    expect(plainText(`a${'\u0301'.repeat(100_000)}b`)).toBe('�…');
    expect(plainText('a\u0301\u0323b')).toBe('a\u0301\u0323b');
  });
});
