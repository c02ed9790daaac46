const LF = 10;
const CR = 13;
const HYPHEN = 45;
const ZERO = 48;
const NONE: Buffer = Buffer.alloc(0);

/** Cuts what a server says into replies (RFC 5321 §4.2), as bytes: most of them are looked at no further than their code. */
export class SmtpReplyReader {
  #bytes = NONE;
  #at = 0;

  /** Nothing has been said but what `next` has returned, and line ends. */
  get isEmpty(): boolean {
    for (let index = this.#at; index < this.#bytes.length; index++) {
      const byte = this.#bytes[index];
      if (byte !== CR && byte !== LF) return false;
    }
    return true;
  }

  /** Whoever pushes keeps the chunk as it is until `next` has returned undefined. */
  push(chunk: Buffer): void {
    const isAllRead = this.#at === this.#bytes.length;
    this.#bytes = isAllRead ? chunk : Buffer.concat([this.#bytes.subarray(this.#at), chunk]);
    this.#at = 0;
  }

  /** The next whole reply, all its lines, without the last line end, good until the next `push`. Empty lines before it are no part of it. */
  next(): Buffer | undefined {
    for (let line = this.#at; ;) {
      const end = this.#bytes.indexOf(LF, line);
      if (end === -1) return this.#keepRest();
      const length = end > line && this.#bytes[end - 1] === CR ? end - 1 - line : end - line;
      if (length === 0 && line === this.#at) this.#at = end + 1;
      else if (!this.#isContinued(line)) return this.#cut(line + length, end + 1);
      line = end + 1;
    }
  }

  /** The chunk is not ours for any longer. */
  #keepRest(): undefined {
    this.#bytes = this.#at === this.#bytes.length ? NONE : Buffer.from(this.#bytes.subarray(this.#at));
    this.#at = 0;
  }

  #cut(end: number, next: number): Buffer {
    const reply = this.#bytes.subarray(this.#at, end);
    this.#at = next;
    return reply;
  }

  #isContinued(line: number): boolean {
    let index = line;
    while (isDigit(this.#bytes[index])) index++;
    return index > line && this.#bytes[index] === HYPHEN;
  }
}

/** 200 to 599, or 0 for what does not begin with a reply code. */
export function codeOf(reply: Buffer): number {
  const [first, second, third, fourth] = reply;
  if (!isDigit(first) || !isDigit(second) || !isDigit(third) || isDigit(fourth)) return 0;
  const code = (first - ZERO) * 100 + (second - ZERO) * 10 + (third - ZERO);
  return code >= 200 && code < 600 ? code : 0;
}

/** In what charset a server speaks is nowhere said: UTF-8 where it is that, else a byte is a character. */
export function textOf(reply: Buffer): string {
  const text = reply.toString('utf8');
  return text.includes('\uFFFD') ? reply.toString('latin1') : text;
}

const isDigit = (byte: number | undefined): byte is number =>
  byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
