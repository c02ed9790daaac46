import { EXIT } from '../domain/refusal.ts';
import { styleText } from 'node:util';
import type { Paper, Style } from './styled-line.ts';

/** What a command says and where: data on stdout, messages on stderr, colour only on a terminal that wants it. */
export interface Terminal {
  readonly isInteractive: boolean;
  /** A line of data. */
  print(line: string): void;
  /** A message to the person. */
  say(line: string): void;
  /** Styles text for `print`. */
  readonly style: (style: Style, text: string) => string;
  /** How wide a line of data may be, and what it may show. */
  paper(): Paper;
  /** Rewrites one status line on a terminal; elsewhere it says a line now and then. */
  progress(line: string): void;
  /** Asks for a yes; only on a terminal. */
  confirm(question: string): Promise<boolean>;
  /** Ends the process without waiting for anything. */
  endAtOnce(exitCode: number): never;
}

const QUIET_PROGRESS_MS = 5_000;
/** Where nobody says how wide it is: a pipe, a file. */
const USUAL_COLUMNS = 80;
/** What writing to a terminal says that is closed. */
const GONE = new Set(['EPIPE', 'EIO']);

export function openTerminal(endAtOnce: Terminal['endAtOnce']): Terminal {
  const isInteractive = process.stdin.isTTY && process.stderr.isTTY;
  // Whoever reads our output may stop reading, as `head` does; there is nobody left to talk to then.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (!GONE.has(error.code ?? '')) throw error;
    endAtOnce(EXIT.ok);
  });
  // A service goes on sending when the terminal it was started from is gone.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (!GONE.has(error.code ?? '')) throw error;
  });
  let lastProgress = 0;
  let isLineOpen = false;

  const closeLine = () => {
    if (isLineOpen) process.stderr.write('\n');
    isLineOpen = false;
  };
  return {
    isInteractive,
    endAtOnce,
    print(line) {
      closeLine();
      process.stdout.write(`${line}\n`);
    },
    say(line) {
      closeLine();
      process.stderr.write(`${line}\n`);
    },
    style: (style, text) => styleText(style, text, { stream: process.stdout }),
    paper: () => ({
      columns: (process.stdout.isTTY && process.stdout.columns) || USUAL_COLUMNS,
      // Node knows NO_COLOR and TERM=dumb, which say that a terminal shows plain text only.
      blocks: process.stdout.isTTY && process.stdout.hasColors(),
    }),
    progress(line) {
      if (process.stderr.isTTY) {
        process.stderr.write(`\r\x1b[2K${line}`);
        isLineOpen = true;
      } else if (Date.now() - lastProgress > QUIET_PROGRESS_MS) {
        lastProgress = Date.now();
        process.stderr.write(`${line}\n`);
      }
    },
    async confirm(question) {
      const { createInterface } = await import('node:readline/promises');
      const reader = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim());
      } finally {
        reader.close();
      }
    },
  };
}
