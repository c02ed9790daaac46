import type { Readable } from 'node:stream';
import type { NodemailerError } from 'nodemailer';
import { parseSmtpReply, type SmtpResult, type SmtpStage } from '../domain/smtp-reply.ts';
import { BoundedConnection, type OpenWire } from './bounded-connection.ts';
import { connectionOptions } from './connection-options.ts';
import type { SmtpEnvelope } from './smtp-envelope.ts';
import { smtpFailure } from './smtp-failure.ts';
import type { SmtpSettings } from './smtp-settings.ts';
import type { WireBytes } from './wire-bytes.ts';

type Reply = Extract<SmtpResult, { kind: 'reply' }>;

const READY: Reply = { kind: 'reply', stage: 'hello', code: 250, text: '250 ready' };
const UNASKED: SmtpResult = {
  kind: 'lost',
  stage: 'hello',
  reason: 'the server says more than it was asked',
};
const LAPSED: SmtpResult = { kind: 'lost', stage: 'data', reason: 'it was not to leave any more' };
/** Without its login a relay is a stranger's server, and may well call every reader unknown. */
const NO_LOGIN = 'the mail server takes no login here: SMTP_URL may name another port (587), or no user';
const TIDY_UP_MS = 5_000;

/** A connection that is logged in and takes one mail after the other. Each call settles, whatever the server does. */
export class SmtpSession {
  readonly #connection: BoundedConnection;
  readonly #settings: SmtpSettings;
  #stage: SmtpStage = 'connect';
  #accepted: () => boolean = () => false;
  #message: Readable | undefined;
  #settle: ((result: SmtpResult) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;
  readonly #onLost: (reason: string) => void;

  /** `onLost` is told once why a connection has ended that nothing was waiting for. */
  constructor(settings: SmtpSettings, onLost: (reason: string) => void = () => undefined) {
    this.#settings = settings;
    this.#onLost = onLost;
    this.#connection = new BoundedConnection(connectionOptions(settings));
    this.#connection.on('error', (error: NodemailerError) => this.#fail(error));
    this.#connection.on('end', () => {
      this.#ended = true;
      // Nodemailer closes first and tells the reason next.
      queueMicrotask(() => this.#lose('connection closed'));
    });
  }

  /** It can take another mail, as far as we know. */
  get usable(): boolean {
    return !this.#ended && !this.#connection.isOutOfStep;
  }

  /** The open connection, for whoever writes to it without Nodemailer; undefined where that is not safe. */
  get wire(): OpenWire | undefined {
    return this.#connection.wire;
  }

  /** Connects and logs in. What is returned says why there is no session; undefined = there is one. */
  async open(): Promise<SmtpResult | undefined> {
    const result = await this.#run(this.#settings.limits.openMs, () => {
      this.#connection.connect((error) => (error ? this.#fail(error) : this.#login()));
    });
    if (result === READY && this.usable) return undefined;
    this.#connection.close();
    return result === READY ? UNASKED : result;
  }

  /**
   * Hands one message over. The bytes must stay as they are until this settles. `lapsed`: the server was ready for the message, and by
   * then it was not to leave any more.
   */
  async send(
    envelope: SmtpEnvelope,
    bytes: WireBytes,
    mayStillLeave: () => boolean,
  ): Promise<SmtpResult | 'lapsed'> {
    this.#stage = 'mail';
    this.#connection.lastServerResponse = false;
    const result = await this.#run(this.#settings.limits.envelopeMs, () =>
      this.#transact(envelope, bytes, mayStillLeave),
    );
    if (result === LAPSED) return 'lapsed';
    if (result.kind === 'lost') this.#connection.close();
    else if (result.code >= 300) await this.#tidyUpAfter(result);
    return result;
  }

  /** At once, whatever is under way. */
  hangUp(): void {
    this.#connection.close();
  }

  /** Says goodbye, briefly. */
  async quit(): Promise<void> {
    if (!this.#ended) await this.#run(TIDY_UP_MS, () => this.#connection.quit());
  }

  #login(): void {
    const { login } = this.#settings;
    if (login === undefined) return this.#finish(READY);

    this.#stage = 'auth';
    if (!this.#connection.allowsAuth) return this.#lose(NO_LOGIN);
    this.#connection.login({ user: login.user, pass: login.password }, (error) => {
      if (error) this.#fail(error);
      else this.#finish(READY);
    });
  }

  #transact({ from, to }: SmtpEnvelope, bytes: WireBytes, mayStillLeave: () => boolean): void {
    const started = performance.now();
    const envelope = { from, to: [to], size: bytes.length, accepted: [] };
    this.#accepted = () => envelope.accepted.length > 0;
    // Nodemailer pipes a message into its stream once DATA is answered. Pushed there, the bytes go past the stream's loop
    // over each of them: they are in wire form already, but for the end, which the stream adds (CRLF, dot, CRLF).
    const message = {
      pipe: (stream: Readable & { end(): void }) => {
        if (!this.#isAskedForMessage()) return this.#lose('the replies do not belong to the commands');
        // There is no way to take DATA back but to hang up (RFC 5321 §4.1.1.4).
        if (!mayStillLeave()) return this.#hangUp(LAPSED);
        this.#stage = 'body';
        this.#message = stream;
        this.#limit(this.#settings.limits.mailMs - (performance.now() - started));
        stream.push(bytes.subarray(0, -2));
        stream.end();
      },
    };
    this.#connection.send(envelope, message as unknown as Readable, (error, info) => {
      if (error) return this.#fail(error);
      const reply = parseSmtpReply(info.response);
      if (reply === undefined) return this.#lose('the answer is not one of SMTP');
      if (this.#message?.readableEnded === false) return this.#lose('accepted before it was all sent');
      this.#finish({ kind: 'reply', stage: 'body', ...reply });
    });
  }

  #hangUp(result: SmtpResult): void {
    this.#finish(result);
    this.#connection.close();
  }

  /** Nodemailer takes any 2xx for a go; after a reply too many, that would be the one to RCPT. */
  #isAskedForMessage(): boolean {
    return /^3\d\d/.test(String(this.#connection.lastServerResponse)) && !this.#connection.isOutOfStep;
  }

  async #tidyUpAfter({ stage, code }: Reply): Promise<void> {
    if (this.#ended) return;
    if (stage === 'body') {
      // Refused before it was all sent: the server would take the rest of it for commands.
      const isUnfinished = code < 400 || this.#message?.readableEnded === false;
      if (isUnfinished) this.#connection.close();
      return;
    }
    // The sender of a refused mail stays set until RSET: the next MAIL would be answered "503 nested MAIL command".
    await this.#run(TIDY_UP_MS, () => {
      this.#connection.reset((error) => {
        this.#finish(READY);
        if (error) this.#connection.close();
      });
    });
  }

  #run(limitMs: number, start: () => void): Promise<SmtpResult> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      if (this.#ended) return this.#lose('connection closed');
      this.#connection.beginStep();
      this.#limit(limitMs);
      start();
    });
  }

  #limit(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#lose(`no answer after ${ms} ms`);
      this.#connection.close();
    }, ms);
  }

  #fail(error: NodemailerError): void {
    this.#finish(smtpFailure(error, this.#reached()));
  }

  #lose(reason: string): void {
    this.#finish({ kind: 'lost', stage: this.#reached(), reason });
  }

  #finish(result: SmtpResult): void {
    clearTimeout(this.#timer);
    const settle = this.#settle;
    this.#settle = undefined;
    if (settle !== undefined) settle(result);
    else if (result.kind === 'lost') this.#onLost(result.reason);
  }

  /** How far we know to have got: the stage whose reply we are waiting for. */
  #reached(): SmtpStage {
    const { stage, upgrading, lastServerResponse } = this.#connection;
    if (this.#stage === 'mail' && this.#accepted()) return 'data';
    if (this.#stage === 'mail') return lastServerResponse === false ? 'mail' : 'rcpt';
    if (this.#stage !== 'connect') return this.#stage;
    if (stage === 'init') return 'connect';
    if (upgrading === true) return 'tls';
    return lastServerResponse === false ? 'greeting' : 'hello';
  }
}
