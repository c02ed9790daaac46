import { HOUR_MS } from '../domain/instant.ts';
import type { OpenWire } from './bounded-connection.ts';

/**
 * How mails go over a connection. `plain`: Nodemailer's public `send`, one after the other. `overlap`: a message and the next one's
 * envelope together (RFC 2920). `chunked`: whole mails back to back, without waiting for a go (RFC 3030).
 */
export type SmtpPath = 'plain' | 'overlap' | 'chunked';

/** Mails on the wire of one connection at once. */
export const WINDOW: Readonly<Record<SmtpPath, number>> = { plain: 1, overlap: 2, chunked: 4 };

/** Most mails of use to a connection at once: those on the wire, and those made ready so that it never waits for one. */
export const DEPTH: Readonly<Record<SmtpPath, number>> = { plain: 1, overlap: 16, chunked: 20 };

/** What a connection takes in so many ms is made ready: the ledger answers in a few, and whatever is ready is in doubt after a crash. */
export const READY_MS = 15;

/** How many mails are of use to a connection that takes so many in `READY_MS`. */
export const depthOf = (path: SmtpPath, takes: number): number => Math.min(DEPTH[path], WINDOW[path] + takes);

/** A server that takes longer for a mail gets no other one put behind it. */
export const SLOW_MS = 1_000;

const DISTRUST_MS = HOUR_MS;
const LADDER: readonly SmtpPath[] = ['plain', 'overlap', 'chunked'];

/** Which way a server's mails go: the best one it offers and has not been out of step with lately. */
export class SmtpPaths {
  readonly #best: SmtpPath;
  #distrusted: SmtpPath | undefined;
  #distrustedUntil = 0;
  #current: SmtpPath | undefined;

  constructor(best: SmtpPath) {
    this.#best = best;
  }

  /** That of the last connection; undefined = there was none yet. */
  get current(): SmtpPath | undefined {
    return this.#current;
  }

  /** What to expect of a server that was not asked yet. */
  get usual(): SmtpPath {
    return this.#best === 'plain' ? 'plain' : 'overlap';
  }

  /** `wire` is undefined where only Nodemailer's public path is safe. */
  choose(wire: OpenWire | undefined): SmtpPath {
    const offered = wire === undefined ? 'plain' : offeredBy(wire.offers);
    const level = Math.min(LADDER.indexOf(offered), LADDER.indexOf(this.#best), this.#trusted);
    this.#current = LADDER[level] as SmtpPath;
    return this.#current;
  }

  /** The server's answers did not fit what it was asked on this path: for an hour it gets an easier one. */
  distrust(path: SmtpPath): void {
    this.#distrusted = path;
    this.#distrustedUntil = performance.now() + DISTRUST_MS;
  }

  get #trusted(): number {
    if (this.#distrusted === undefined || performance.now() > this.#distrustedUntil) return LADDER.length;
    return Math.max(0, LADDER.indexOf(this.#distrusted) - 1);
  }
}

function offeredBy(offers: readonly string[]): SmtpPath {
  if (!offers.includes('PIPELINING')) return 'plain';
  return offers.includes('CHUNKING') ? 'chunked' : 'overlap';
}
