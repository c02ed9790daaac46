import { MOST_HEARD, type OpenWire } from './bounded-connection.ts';
import { FlightClock } from './flight-clock.ts';
import type { OfferedMail } from './offered-mail.ts';
import { isAboutAddresses, resultOf, stageOf, type Flight } from './smtp-flight.ts';
import { depthOf, READY_MS, WINDOW, type SmtpPath } from './smtp-path.ts';
import { codeOf, SmtpReplyReader } from './smtp-reply-reader.ts';
import type { SmtpLimits } from './smtp-settings.ts';
import type { Wire } from './smtp-wire.ts';
import { SmtpWriter } from './smtp-writer.ts';

export interface PipelineOptions {
  readonly wire: OpenWire;
  readonly path: Exclude<SmtpPath, 'plain'>;
  readonly limits: SmtpLimits;
  /** Destroys the connection; the mails on it are the pipeline's to end. */
  readonly hangUp: () => void;
  /** The server's replies did not belong to what it was asked. */
  readonly distrust: (path: SmtpPath) => void;
  /** There may be room for another mail, or will never be again. */
  readonly changed: () => void;
}

const CLOSED = { kind: 'lost', stage: 'data', reason: 'the transport was closed' } as const;
const OUT_OF_STEP = 'the replies do not belong to the commands';

/**
 * Several mails on one connection that Nodemailer has opened. Commands go out in groups (RFC 2920), and each reply belongs to the
 * first mail that is not ended yet. A group begins with RSET where the one before it may have been refused, so that no mail depends
 * on another. Whole mails are sent back to back (BDAT) once the server has answered one in a way that tells its replies apart: one
 * "250" too many must not pass for the acceptance of a message.
 */
export class SmtpPipeline implements Wire {
  readonly #options: PipelineOptions;
  readonly #writer: SmtpWriter;
  readonly #replies = new SmtpReplyReader();
  readonly #flights: Flight[] = [];
  readonly #clock: FlightClock;
  #heard = 0;
  #isReused = false;
  #isChunked = false;
  #needsReset = false;
  #isStranding = false;
  #isClosing = false;
  #isOver = false;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#writer = new SmtpWriter(options.wire);
    this.#clock = new FlightClock(
      options.limits,
      () => this.#freeTheNext(),
      (reason) => this.lose(reason),
    );
    options.wire.listen((chunk) => this.#hear(chunk));
    options.wire.socket.on('drain', options.changed);
  }

  get load(): number {
    return this.#flights.length;
  }

  get waitingSince(): number {
    return this.#clock.since;
  }

  get hasRoom(): boolean {
    if (this.#isOver || this.#isClosing || this.#isStranding) return false;
    // A message that is written while the socket is full would leave later than it was allowed to; an envelope may wait in it.
    if (this.#isChunked && this.#writer.isFull) return false;
    const last = this.#flights.at(-1);
    return last === undefined || (this.#flights.length < this.#window && last.endsAt !== undefined);
  }

  get depth(): number {
    return this.#clock.isQuick ? depthOf(this.#way, this.#clock.manyIn(READY_MS)) : 1;
  }

  take(mail: OfferedMail): void {
    const tooLarge = this.#writer.refusalOf(mail.bytes.length);
    if (tooLarge !== undefined) return mail.settle(tooLarge);
    const flight: Flight = {
      mail,
      isReused: this.#isReused,
      isChunked: this.#isChunked,
      step: this.#needsReset || (this.#isChunked && this.#flights.length > 0) ? 'reset' : 'mail',
      isTellable: true,
    };
    if (this.#isChunked && !mail.leavesNow()) return;
    this.#isReused = true;
    this.#needsReset = false;
    this.#flights.push(flight);
    if (flight.isChunked) this.#writer.whole(flight);
    else this.#writer.envelope(flight);
    if (this.#flights.length === 1) this.#clock.begin(flight, performance.now());
  }

  lose(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#clock.stop();
    this.#options.hangUp();
    for (const flight of this.#flights.splice(0)) {
      const { mail, refusal, isReused } = flight;
      mail.end(refusal ?? { kind: 'lost', stage: stageOf(flight), reason }, isReused);
    }
    this.#options.changed();
  }

  close(): void {
    this.#isClosing = true;
    if (this.#flights.length === 0) this.#clock.stop();
  }

  get #way(): SmtpPath {
    return this.#isChunked ? 'chunked' : 'overlap';
  }

  get #window(): number {
    return this.#clock.isQuick ? WINDOW[this.#way] : 1;
  }

  #hear(chunk: Buffer): void {
    this.#heard += chunk.length;
    if (this.#heard > MOST_HEARD) return this.#stumble('the server says more than it was asked');
    this.#replies.push(chunk);
    // A message and the envelope behind it are one write.
    this.#writer.together(() => this.#readAll());
  }

  #readAll(): void {
    for (let reply = this.#next(); reply !== undefined; reply = this.#next()) this.#read(reply);
    if (this.#isOver) return;
    if (this.#flights.length === 0 && !this.#replies.isEmpty) this.#stumble(OUT_OF_STEP);
    else this.#options.changed();
  }

  #next(): Buffer | undefined {
    return this.#isOver ? undefined : this.#replies.next();
  }

  #read(reply: Buffer): void {
    const [flight] = this.#flights;
    const code = codeOf(reply);
    if (code === 0) return this.#stumble('the answer is not one of SMTP');
    if (code === 421) return this.#goodbye(flight, reply);
    if (flight === undefined) return this.#stumble(OUT_OF_STEP);
    if (flight.step === 'data') this.#readGo(flight, code, reply);
    else if (flight.step === 'body') this.#readEnd(flight, code, reply);
    else this.#readEnvelope(flight, code, reply);
  }

  /** The server closes the connection and does no more on it (RFC 5321 §3.8). */
  #goodbye(flight: Flight | undefined, reply: Buffer): void {
    if (flight !== undefined) {
      const stage = flight.step === 'reset' ? 'mail' : flight.step;
      flight.refusal ??= resultOf(stage, reply);
      if (flight.refusal !== undefined) this.#end(flight, flight.refusal);
    }
    this.lose('the server said goodbye');
  }

  #readEnvelope(flight: Flight, code: number, reply: Buffer): void {
    if (flight.step === 'reset') {
      if (code >= 300) return this.#stumble('the server does not take RSET');
      flight.step = 'mail';
      return this.#clock.beginMail();
    }
    if (code >= 300 && code < 400) return this.#stumble(OUT_OF_STEP);
    if (code >= 400) flight.refusal ??= resultOf(flight.step, reply);
    else if (!isAboutAddresses(reply)) flight.isTellable = false;
    if (flight.isChunked && flight.refusal === undefined && !flight.isTellable)
      return this.#stumble(OUT_OF_STEP);
    if (flight.step === 'mail') flight.step = 'rcpt';
    else if (flight.isChunked) this.#awaitEnd(flight);
    else flight.step = 'data';
  }

  #readGo(flight: Flight, code: number, reply: Buffer): void {
    if (code >= 400) {
      this.#needsReset = true;
      flight.refusal ??= resultOf('data', reply);
      if (flight.refusal === undefined) return this.#stumble('the answer is not one of SMTP');
      return this.#end(flight, flight.refusal);
    }
    if (code < 300 || !this.#replies.isEmpty) return this.#stumble(OUT_OF_STEP);
    if (flight.refusal === undefined) return this.#sendBody(flight);
    // A go for a mail that nobody gets: it must be answered, with nothing.
    this.#needsReset = true;
    this.#writer.nothing(flight);
    this.#awaitEnd(flight);
  }

  #sendBody(flight: Flight): void {
    if (this.#isClosing) this.#end(flight, CLOSED);
    else if (flight.mail.leavesNow()) {
      this.#writer.message(flight);
      return this.#awaitEnd(flight);
    } else this.#flights.shift();
    // There is no way to take DATA back but to hang up (RFC 5321 §4.1.1.4).
    this.lose('hung up');
  }

  #awaitEnd(flight: Flight): void {
    flight.step = 'body';
    this.#clock.beginBody();
  }

  #readEnd(flight: Flight, code: number, reply: Buffer): void {
    const isAllSent = this.#writer.isAllSent(flight);
    const result = resultOf('body', reply);
    if (result === undefined) return this.#stumble('the answer is not one of SMTP');
    if (code >= 400 || flight.refusal !== undefined) this.#needsReset = flight.isChunked || this.#needsReset;
    else if (!isAllSent) return this.#stumble('accepted before it was all sent');
    else if (isAboutAddresses(reply) && flight.isChunked) return this.#stumble(OUT_OF_STEP);
    else this.#learn(flight, reply);
    this.#end(flight, flight.refusal ?? result);
    // Refused before it was all sent: the server would take the rest of it for commands.
    if (!isAllSent || (code >= 300 && code < 400)) this.lose('refused before it was all sent');
  }

  #learn({ isTellable }: Flight, reply: Buffer): void {
    if (this.#options.path === 'chunked') this.#isChunked ||= isTellable && !isAboutAddresses(reply);
  }

  #end(flight: Flight, result: Parameters<OfferedMail['end']>[0]): void {
    const now = performance.now();
    this.#clock.end(now);
    this.#heard = 0;
    this.#flights.shift();
    flight.mail.end(result, flight.isReused);
    const [next] = this.#flights;
    if (next !== undefined) this.#clock.begin(next, now);
    else if (this.#isStranding) this.lose('hung up');
  }

  /** A mail of which only the envelope has gone out need not wait for a slow one: this connection has seen its last then. */
  #freeTheNext(): void {
    const [, next] = this.#flights;
    if (next === undefined || next.endsAt !== undefined) return;
    this.#isStranding = true;
    this.#flights.pop();
    next.mail.end({ kind: 'lost', stage: 'mail', reason: 'the server takes its time' }, next.isReused);
    this.#options.changed();
  }

  #stumble(reason: string): void {
    this.#options.distrust(this.#way);
    this.lose(reason);
  }
}
