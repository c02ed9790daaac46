import type { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { ReadStream, WriteStream } from 'node:tty';
import { Painter } from './painter.ts';
import { wishesIn, type Wish } from './keys.ts';
import type { ScreenSize } from './render-screen.ts';

/** The alternate screen of a terminal, with raw keys. However the process ends but by SIGKILL, the terminal is put back. */
export interface Screen {
  size(): ScreenSize;
  /** As many lines as the screen has rows. */
  show(lines: readonly string[]): void;
  /** What is shown next is drawn as a whole. */
  drawAnew(): void;
  /** To the background; comes back by SIGCONT. */
  suspend(): void;
  close(): void;
}

export interface ScreenListener {
  readonly onWish: (wish: Wish) => void;
  /** The screen has another size, or was used by others: show again. */
  readonly onChange: () => void;
  /** A signal that ends programs, with the exit code that goes with it. The screen is closed already. */
  readonly onEnd: (exitCode: number) => void;
}

/** Alternate screen, no cursor, no wrapping of lines that a terminal finds wider than we do. */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const LEAVE = '\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
const USUAL = { columns: 80, rows: 24 };

export function openScreen(
  listener: ScreenListener,
  output: WriteStream = process.stdout,
  input: ReadStream = process.stdin,
): Screen {
  const painter = new Painter();
  let isOpen = false;

  const enter = (): void => {
    if (isOpen) return;
    isOpen = true;
    if (input.isTTY) input.setRawMode(true);
    output.write(ENTER);
    painter.forget();
  };
  const leave = (): void => {
    if (!isOpen) return;
    isOpen = false;
    output.write(LEAVE);
    if (input.isTTY) input.setRawMode(false);
  };
  const suspend = (): void => {
    leave();
    process.kill(process.pid, 'SIGSTOP');
  };
  const comeBack = (): void => {
    enter();
    listener.onChange();
  };
  const resize = (): void => {
    painter.forget();
    listener.onChange();
  };
  const read = (chunk: Buffer): void => {
    for (const wish of wishesIn(String(chunk))) listener.onWish(wish);
  };
  const endAt = (signal: (typeof ENDING)[number]) => (): void => {
    close();
    listener.onEnd(128 + constants.signals[signal]);
  };
  const heard: readonly (readonly [EventEmitter, string, (chunk: Buffer) => void])[] = [
    ...ENDING.map((signal) => [process, signal, endAt(signal)] as const),
    [process, 'SIGTSTP', suspend],
    [process, 'SIGCONT', comeBack],
    [process, 'exit', leave],
    // Before the stack is written, which would be lost with the alternate screen.
    [process, 'uncaughtExceptionMonitor', leave],
    [output, 'resize', resize],
    ...(input.isTTY ? [[input, 'data', read] as const] : []),
  ];
  function close(): void {
    leave();
    for (const [from, event, hear] of heard) from.off(event, hear);
    if (input.isTTY) input.pause();
  }

  for (const [from, event, hear] of heard) from.on(event, hear);
  enter();
  if (input.isTTY) input.resume();
  return {
    size: () => ({ columns: output.columns || USUAL.columns, rows: output.rows || USUAL.rows }),
    show(lines) {
      const written = isOpen ? painter.paint(lines) : '';
      if (written !== '') output.write(written);
    },
    drawAnew: resize,
    suspend,
    close,
  };
}
