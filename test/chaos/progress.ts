import type { WriteStream } from 'node:tty';

export interface Progress {
  /** A line that stays. */
  readonly line: (text: string) => void;
  /** Where it stands: over the one before on a terminal, a line every few seconds elsewhere. */
  readonly say: (text: string) => void;
}

const SAYS_EVERY_MS = 10_000;

export function openProgress(out: WriteStream): Progress {
  let said = -Infinity;
  const clear = out.isTTY ? '\r\u001b[K' : '';
  return {
    line: (text) => void out.write(`${clear}${text}\n`),
    say(text) {
      if (out.isTTY) out.write(`${clear}  ${text.slice(0, Math.max(20, out.columns - 4))}`);
      else if (performance.now() - said > SAYS_EVERY_MS) {
        said = performance.now();
        out.write(`  ${text}\n`);
      }
    },
  };
}
