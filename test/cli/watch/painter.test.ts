import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Painter } from '../../../src/cli/watch/painter.ts';
import { TinyTerminal } from '../../support/tiny-terminal.ts';

test('nothing is written when nothing changed, and only the lines that did', () => {
  const painter = new Painter();
  const first = painter.paint(['one', 'two', 'three']);
  expect(first).toContain('\u001b[2J');
  expect(painter.paint(['one', 'two', 'three'])).toBe('');
  const second = painter.paint(['one', '2', 'three']);
  expect(second).not.toContain('\u001b[2J');
  expect(second).not.toMatch(/one|three/);
  painter.forget();
  expect(painter.paint(['one', '2', 'three'])).toContain('three');
});

test('a line as wide as the screen keeps its last column', () => {
  const terminal = new TinyTerminal(5, 1);
  terminal.write(`\u001b[?1049h${new Painter().paint(['abcde'])}`);
  expect(terminal.screen).toEqual(['abcde']);
});

test('whatever was shown before, what is seen is the last frame', () => {
  const line = fc
    .array(fc.constantFrom('a', '字', '█', ' ', '\u001b[31mred\u001b[39m'), { maxLength: 6 })
    .map((parts) => parts.join(''));
  const frames = fc.array(fc.array(line, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(frames, (all) => {
      const painter = new Painter();
      const terminal = new TinyTerminal(20, 3);
      terminal.write('\u001b[?1049h');
      for (const frame of all) terminal.write(painter.paint(frame));
      // oxlint-disable-next-line no-control-regex
      const wanted = (all.at(-1) ?? []).map((text) => text.replaceAll(/\u001b\[\d+m/g, '').trimEnd());
      expect([terminal.screen, terminal.strange]).toEqual([wanted, []]);
    }),
  );
});
