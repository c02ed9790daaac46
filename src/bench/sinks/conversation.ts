import { readerNumberIn } from '../reader-address.ts';
import { verdictOn, type SinkRules } from './sink-rules.ts';
import type { Tally } from './tally.ts';

const LINE_END = 10;
const END_OF_MAIL = Buffer.from('\r\n.\r\n');
/** A mail may end right behind DATA, whose own line end counts. */
const AFTER_DATA = Buffer.from('\r\n');
const EMPTY = Buffer.alloc(0);
const REPLIES = { taken: '250 2.1.5 Ok', 'put off': '451 4.7.1 Later', unknown: '550 5.1.1 Nobody' } as const;

/**
 * One connection of the bench's mail server (RFC 5321, 2920, 3030): makes no string of a byte that is not a command's, because
 * it must not be what is measured.
 */
export class Conversation {
  readonly #rules: SinkRules;
  readonly #tally: Tally;
  #step: 'command' | 'body' | 'chunk' | 'over' = 'command';
  #line = '';
  /** The last bytes of a body so far, as its end may come in pieces. */
  #tail: Buffer = EMPTY;
  #chunkLeft = 0;
  #isLastChunk = false;
  #hasSender = false;
  #reader: number | undefined;
  #replies = '';

  constructor(rules: SinkRules, tally: Tally) {
    this.#rules = rules;
    this.#tally = tally;
  }

  get isOver(): boolean {
    return this.#step === 'over';
  }

  /** Takes what has come and returns what to answer; '' = nothing yet. */
  take(data: Buffer): string {
    this.#replies = '';
    for (let at = 0; at < data.length && !this.isOver;) {
      if (this.#step === 'command') at = this.#takeCommand(data, at);
      else if (this.#step === 'body') at = this.#takeBody(data, at);
      else at = this.#takeChunk(data, at);
    }
    return this.#replies;
  }

  #takeCommand(data: Buffer, from: number): number {
    const end = data.indexOf(LINE_END, from);
    this.#line += data.toString('latin1', from, end === -1 ? data.length : end);
    if (end === -1) return data.length;
    const line = this.#line.trimEnd();
    this.#line = '';
    this.#obey(line);
    return end + 1;
  }

  #obey(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO' || verb === 'HELO') this.#reply(this.#greeting());
    else if (verb === 'MAIL') this.#beginMail();
    else if (verb === 'RCPT') this.#addReader(readerNumberIn(line));
    else if (verb === 'DATA') this.#beginBody();
    else if (verb === 'BDAT') this.#beginChunk(line);
    else if (verb === 'RSET') this.#reset('250 2.0.0 Ok');
    else if (verb === 'QUIT') this.#end();
    else this.#reply(verb === 'NOOP' ? '250 2.0.0 Ok' : '502 5.5.2 Not here');
  }

  #greeting(): string {
    const chunking = this.#rules.chunking === true ? '250-CHUNKING\r\n' : '';
    return `250-sink\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n${chunking}250 8BITMIME`;
  }

  #beginMail(): void {
    if (this.#hasSender) return this.#reply('503 5.5.1 Nested MAIL');
    this.#hasSender = true;
    this.#reply('250 2.1.0 Ok');
  }

  #addReader(reader: number): void {
    if (!this.#hasSender || this.#reader !== undefined)
      return this.#reply('503 5.5.1 One reader, after MAIL');
    const verdict = verdictOn(this.#rules, reader);
    if (verdict === 'taken') this.#reader = reader;
    this.#reply(REPLIES[verdict]);
  }

  #beginBody(): void {
    if (this.#reader === undefined) return this.#reply('554 5.5.1 Nobody to give it to');
    this.#step = 'body';
    this.#tail = AFTER_DATA;
    this.#reply('354 Go on');
  }

  #beginChunk(line: string): void {
    const [, size, last] = line.split(' ');
    this.#chunkLeft = Number(size);
    this.#isLastChunk = last !== undefined;
    this.#step = 'chunk';
    if (this.#chunkLeft === 0) this.#endChunk();
  }

  #takeBody(data: Buffer, from: number): number {
    const pieces = Buffer.concat([this.#tail, data.subarray(from, from + END_OF_MAIL.length)]);
    const early = pieces.indexOf(END_OF_MAIL);
    if (early !== -1 && early < this.#tail.length) return this.#endBody(from + early + 5 - this.#tail.length);
    const end = data.indexOf(END_OF_MAIL, from);
    if (end !== -1) return this.#endBody(end + END_OF_MAIL.length);
    this.#tail = Buffer.concat([this.#tail, data.subarray(Math.max(from, data.length - 4))]).subarray(-4);
    return data.length;
  }

  #endBody(at: number): number {
    this.#step = 'command';
    this.#takeMail();
    return at;
  }

  #takeChunk(data: Buffer, from: number): number {
    const size = Math.min(this.#chunkLeft, data.length - from);
    this.#chunkLeft -= size;
    if (this.#chunkLeft === 0) this.#endChunk();
    return from + size;
  }

  #endChunk(): void {
    this.#step = 'command';
    // RFC 3030 §2: what comes for nobody is read and refused.
    if (this.#reader === undefined) return this.#reply('503 5.5.1 Nobody to give it to');
    if (this.#isLastChunk) this.#takeMail();
    else this.#reply('250 2.0.0 Go on');
  }

  #takeMail(): void {
    this.#tally.record(this.#reader ?? 0);
    this.#reset('250 2.0.0 Ok: queued');
  }

  #reset(reply: string): void {
    this.#hasSender = false;
    this.#reader = undefined;
    this.#reply(reply);
  }

  #end(): void {
    this.#reply('221 2.0.0 Bye');
    this.#step = 'over';
  }

  #reply(text: string): void {
    this.#replies += `${text}\r\n`;
  }
}
