import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSecureContext, TLSSocket } from 'node:tls';

export type SmtpMoment = {
  readonly at:
    | 'greeting'
    | 'hello'
    | 'starttls'
    | 'auth'
    | 'mail'
    | 'rcpt'
    | 'data'
    /** BDAT, once its bytes are in; a message of BDAT has its `body` moment next. */
    | 'bdat'
    | 'body'
    | 'reset'
    | 'quit'
    | 'other';
  /** 1 for the first connection to this server. */
  readonly connection: number;
  /** 1 for the first MAIL command to this server. */
  readonly mail: number;
  readonly from: string;
  readonly to: readonly string[];
  /** The command as it came. */
  readonly line: string;
};

/** A reply, or something servers do instead. */
export type SmtpAnswer =
  | string
  | { readonly drop: true; readonly afterMs?: number }
  /** Breaks off without a goodbye: RST instead of FIN. */
  | { readonly reset: true }
  | { readonly hang: true }
  | { readonly reply: string; readonly thenDrop: true }
  | { readonly reply: string; readonly afterMs: number }
  /** One byte at a time, for ever: the connection is never idle and never done. */
  | { readonly trickle: string; readonly everyMs: number }
  /** The same bytes over and over, as fast as they are taken, until the other side hangs up. */
  | { readonly flood: string | Buffer }
  /** Bytes as they are, line ends and all; `everyMs` = one at a time. */
  | { readonly bytes: string | Buffer; readonly everyMs?: number }
  /** A reply, and those bytes in answer to whatever comes next. */
  | { readonly reply: string; readonly thenNoise: Buffer }
  /** In answer to DATA: takes that many bytes of the message and hangs up, or breaks off. */
  | { readonly dropAfterBytes: number; readonly abruptly?: boolean }
  /** In answer to DATA: asks for the message, does not read a byte of it, and says that after a while. */
  | { readonly stopReading: true; readonly thenSay?: string };

export type SmtpScript = (moment: SmtpMoment) => SmtpAnswer | undefined;

/** A message that came in whole. */
export interface SmtpTransaction {
  readonly connection: number;
  readonly from: string;
  readonly to: readonly string[];
  /** Without the dots that were stuffed. */
  readonly message: Buffer;
  /** Between DATA's reply and the dot, or behind BDAT, as it was on the wire. */
  readonly raw: Buffer;
  readonly accepted: boolean;
}

export interface SmtpLine {
  readonly connection: number;
  readonly line: string;
  readonly secure: boolean;
}

export interface ScriptedSmtp {
  readonly port: number;
  readonly url: string;
  /** In order of arrival, each one recorded before it is answered. */
  readonly transactions: readonly SmtpTransaction[];
  /** Every command line of every connection. */
  readonly commands: readonly string[];
  /** The same, with the connection each came over and whether that was encrypted. */
  readonly dialogue: readonly SmtpLine[];
  readonly connections: number;
  /** Connections open at this moment, and the most there ever were. */
  readonly open: { readonly now: number; readonly most: number };
  close(): Promise<void>;
}

const END_OF_MESSAGE = '\r\n.\r\n';

const DEFAULTS: Readonly<Record<SmtpMoment['at'], string>> = {
  greeting: '220 mx.example.com ESMTP',
  hello: '',
  starttls: '220 2.0.0 Ready to start TLS',
  auth: '235 2.7.0 Authentication successful',
  mail: '250 2.1.0 Ok',
  rcpt: '250 2.1.5 Ok',
  data: '354 End data with <CR><LF>.<CR><LF>',
  bdat: '',
  body: '250 2.0.0 Ok: queued',
  reset: '250 2.0.0 Ok',
  quit: '221 2.0.0 Bye',
  other: '502 5.5.1 Error: command not recognized',
};

export interface SmtpOptions {
  readonly script?: SmtpScript;
  readonly extensions?: readonly string[];
  readonly port?: number;
  /** With a certificate there is STARTTLS, or TLS from the first byte. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly implicit?: boolean };
  /** How long the server works on a whole message before it records and answers it, whether the client is still there or not. */
  readonly workMs?: number;
  /** Told of each whole message before it is answered; then nothing is kept in memory. */
  readonly onTransaction?: (transaction: SmtpTransaction, isClientGone: boolean) => void;
  /** Told when a connection has ended and what came over it is dealt with, by its number. */
  readonly onClose?: (connection: number) => void;
}

/** An SMTP server on a free loopback port that does what the script says, and accepts everything where it says nothing. */
export async function startSmtp(options: SmtpOptions = {}): Promise<ScriptedSmtp> {
  const log: Log = {
    transactions: [],
    commands: [],
    dialogue: [],
    connections: 0,
    mails: 0,
    open: { now: 0, most: 0 },
    sockets: new Set(),
  };
  const server = createServer({ noDelay: true }, (socket) => {
    log.connections += 1;
    const connection = new Connection(socket, log, options);
    log.sockets.add(socket);
    log.open.now += 1;
    log.open.most = Math.max(log.open.most, log.open.now);
    const number = log.connections;
    socket.on('close', () => {
      log.open.now -= 1;
      log.sockets.delete(socket);
    });
    void connection.run().then(() => options.onClose?.(number));
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return handleOf(server, log);
}

interface Log {
  readonly transactions: SmtpTransaction[];
  readonly commands: string[];
  readonly dialogue: SmtpLine[];
  connections: number;
  mails: number;
  readonly open: { now: number; most: number };
  readonly sockets: Set<Socket>;
}

function handleOf(server: Server, log: Log): ScriptedSmtp {
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    transactions: log.transactions,
    commands: log.commands,
    dialogue: log.dialogue,
    open: log.open,
    get connections() {
      return log.connections;
    },
    async close() {
      server.close();
      for (const socket of log.sockets) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
}

class Connection {
  #socket: Socket;
  readonly #log: Log;
  readonly #script: SmtpScript;
  readonly #extensions: readonly string[];
  readonly #tls: SmtpOptions['tls'];
  readonly #workMs: number;
  readonly #onTransaction: SmtpOptions['onTransaction'];
  readonly #number: number;
  #received = '';
  #ended = false;
  #wake: () => void = () => {};
  #from = '';
  #to: string[] = [];
  /** What a server that keeps to RFC 5321 §4.1.4 knows of the transaction. */
  #open = { mail: false, rcpt: false };

  constructor(socket: Socket, log: Log, options: SmtpOptions) {
    this.#socket = socket;
    this.#log = log;
    this.#script = options.script ?? (() => undefined);
    this.#extensions = options.extensions ?? ['PIPELINING', '8BITMIME', 'ENHANCEDSTATUSCODES'];
    this.#tls = options.tls;
    this.#workMs = options.workMs ?? 0;
    this.#onTransaction = options.onTransaction;
    this.#number = log.connections;
    this.#listenTo(socket);
  }

  async run(): Promise<void> {
    if (this.#tls?.implicit === true) this.#secure();
    await this.#answer('greeting', '');
    while (!this.#ended) {
      const line = await this.#take('\r\n');
      if (line === undefined) return;
      this.#record(line);
      await this.#obey(line);
    }
  }

  #record(line: string): void {
    if (this.#onTransaction !== undefined) return;
    this.#log.commands.push(line);
    this.#log.dialogue.push({ connection: this.#number, line, secure: this.#isSecure });
  }

  get #isSecure(): boolean {
    return this.#socket instanceof TLSSocket;
  }

  #secure(): void {
    const plain = this.#socket.removeAllListeners('data');
    const secureContext = createSecureContext(this.#tls);
    this.#socket = new TLSSocket(plain, { isServer: true, secureContext });
    this.#listenTo(this.#socket);
  }

  #listenTo(socket: Socket): void {
    socket.on('data', (chunk) => {
      this.#received += chunk.toString('latin1');
      this.#wake();
    });
    // Whoever drops the connection is the subject of the test, not an accident of the server.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  async #obey(line: string): Promise<void> {
    const at = momentOf(line);
    if (at === 'bdat') return this.#takeChunk(line);
    if (at === 'mail') {
      this.#log.mails += 1;
      this.#from = addressIn(line);
      this.#to = [];
    }
    if (at === 'rcpt') this.#to.push(addressIn(line));
    const reply = await this.#answer(at, line);
    const taken = reply?.trimStart().startsWith('2') === true;
    if (at === 'mail') this.#open = { mail: taken, rcpt: false };
    if (at === 'rcpt' && taken) this.#open.rcpt = true;
    if (at === 'reset' && taken) this.#open = { mail: false, rcpt: false };
    if (at === 'data' && reply?.startsWith('354') === true) await this.#receive();
    if (at === 'starttls' && taken) this.#secure();
    if (at === 'quit') this.#socket.end();
  }

  /** The replies to a command out of its order, which pipelined ones are after a refusal. */
  #outOfOrder(at: SmtpMoment['at']): string | undefined {
    if (at === 'mail' && this.#open.mail) return '503 5.5.1 Error: nested MAIL command';
    if (at === 'rcpt' && !this.#open.mail) return '503 5.5.1 Error: need MAIL command';
    const isMessage = at === 'data' || at === 'bdat';
    if (isMessage && !this.#open.mail) return '503 5.5.1 Error: need RCPT command';
    if (isMessage && !this.#open.rcpt) return '554 5.5.1 Error: no valid recipients';
    return undefined;
  }

  async #receive(): Promise<void> {
    this.#received = `\r\n${this.#received}`;
    const raw = (await this.#take(END_OF_MESSAGE))?.slice(2);
    if (raw === undefined) return;
    await this.#deliver(raw + END_OF_MESSAGE, `${raw}\r\n`.replace(/^\.(?=.)/gm, ''));
  }

  /** Each BDAT is the last one of its message here; its bytes are taken whatever the answer (RFC 3030 §2). */
  async #takeChunk(line: string): Promise<void> {
    const size = Number(/^BDAT (\d+) LAST$/i.exec(line)?.[1]);
    if (!this.#extensions.includes('CHUNKING') || Number.isNaN(size)) {
      await this.#act(DEFAULTS.other);
      return;
    }
    const chunk = await this.#takeBytes(size);
    if (chunk === undefined) return;
    const answer = this.#scripted('bdat', line);
    if (answer !== '') await this.#act(answer);
    else await this.#deliver(chunk, chunk);
  }

  async #deliver(raw: string, message: string): Promise<void> {
    this.#open = { mail: false, rcpt: false };
    if (this.#workMs > 0) await sleep(this.#workMs);
    const answer = this.#scripted('body', '');
    const transaction: SmtpTransaction = {
      connection: this.#number,
      from: this.#from,
      to: this.#to,
      raw: Buffer.from(raw, 'latin1'),
      message: Buffer.from(message, 'latin1'),
      accepted: replyIn(answer).startsWith('2'),
    };
    if (this.#onTransaction === undefined) this.#log.transactions.push(transaction);
    else this.#onTransaction(transaction, this.#ended);
    await this.#act(answer);
  }

  async #answer(at: SmtpMoment['at'], line: string): Promise<string | undefined> {
    return this.#act(this.#scripted(at, line));
  }

  #scripted(at: SmtpMoment['at'], line: string): SmtpAnswer {
    const { mails: mail } = this.#log;
    const moment = { at, connection: this.#number, mail, from: this.#from, to: this.#to, line };
    return this.#script(moment) ?? this.#outOfOrder(at) ?? this.#usual(at);
  }

  #usual(at: SmtpMoment['at']): string {
    const extensions = this.#extensions;
    const canUpgrade = this.#tls !== undefined && !this.#isSecure;
    if (at === 'starttls' && !canUpgrade) return DEFAULTS.other;
    return at === 'hello' ? ehloReply(canUpgrade ? [...extensions, 'STARTTLS'] : extensions) : DEFAULTS[at];
  }

  async #act(answer: SmtpAnswer): Promise<string | undefined> {
    if (typeof answer === 'string') return this.#say(answer);
    if ('reset' in answer) return this.#breakOff();
    if ('hang' in answer) return this.#hang();
    if ('trickle' in answer) return this.#trickle(answer.trickle, answer.everyMs);
    if ('flood' in answer) return this.#flood(answer.flood);
    if ('bytes' in answer) return this.#sayBytes(answer.bytes, answer.everyMs);
    if ('dropAfterBytes' in answer) return this.#dropAfter(answer.dropAfterBytes, answer.abruptly === true);
    if ('stopReading' in answer) return this.#stopReading(answer.thenSay);
    if ('afterMs' in answer) await sleep(answer.afterMs);
    if ('drop' in answer) return this.#drop();
    this.#say(answer.reply);
    if ('thenNoise' in answer) return this.#noise(answer.thenNoise);
    return 'thenDrop' in answer ? this.#drop() : answer.reply;
  }

  #say(reply: string): string {
    if (!this.#socket.destroyed) this.#socket.write(`${reply}\r\n`);
    return reply;
  }

  #drop(): undefined {
    this.#ended = true;
    this.#socket.end(() => this.#socket.destroy());
  }

  #breakOff(): undefined {
    this.#ended = true;
    this.#socket.resetAndDestroy();
  }

  async #hang(): Promise<undefined> {
    while (!this.#ended) await this.#more();
  }

  async #trickle(text: string, everyMs: number): Promise<undefined> {
    for (let index = 0; !this.#ended; index += 1) {
      this.#socket.write(text.charAt(index % text.length));
      await sleep(everyMs);
    }
  }

  async #flood(text: string | Buffer): Promise<undefined> {
    while (!this.#ended) {
      if (!this.#socket.write(text)) await this.#drained();
    }
  }

  /** Or closed. */
  #drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once('drain', resolve);
      this.#wake = resolve;
    });
  }

  async #sayBytes(bytes: string | Buffer, everyMs?: number): Promise<string> {
    if (everyMs === undefined) this.#socket.write(bytes);
    else {
      for (const byte of Buffer.from(bytes)) {
        if (this.#ended) break;
        this.#socket.write(Buffer.of(byte));
        await sleep(everyMs);
      }
    }
    return bytes.slice(0, 1000).toString('latin1');
  }

  async #noise(bytes: Buffer): Promise<undefined> {
    await this.#more();
    this.#socket.write(bytes);
    await this.#hang();
  }

  async #dropAfter(bytes: number, abruptly: boolean): Promise<undefined> {
    this.#say(DEFAULTS.data);
    while (!this.#ended && this.#received.length < bytes) await this.#more();
    if (abruptly) return this.#breakOff();
    this.#ended = true;
    this.#socket.destroy();
  }

  async #stopReading(thenSay?: string): Promise<undefined> {
    this.#say(DEFAULTS.data);
    this.#socket.pause();
    if (thenSay !== undefined) {
      await sleep(200);
      this.#say(thenSay);
    }
    await this.#hang();
  }

  async #take(end: string): Promise<string | undefined> {
    for (let from = 0; ;) {
      const found = this.#received.indexOf(end, from);
      if (found >= 0) {
        const taken = this.#received.slice(0, found);
        this.#received = this.#received.slice(found + end.length);
        return taken;
      }
      if (this.#ended) return undefined;
      from = Math.max(0, this.#received.length - end.length);
      await this.#more();
    }
  }

  async #takeBytes(size: number): Promise<string | undefined> {
    while (this.#received.length < size) {
      if (this.#ended) return undefined;
      await this.#more();
    }
    const taken = this.#received.slice(0, size);
    this.#received = this.#received.slice(size);
    return taken;
  }

  #more(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }
}

function replyIn(answer: SmtpAnswer): string {
  if (typeof answer === 'string') return answer;
  if ('bytes' in answer) return answer.bytes.toString('latin1');
  return 'reply' in answer ? answer.reply : '';
}

function momentOf(line: string): SmtpMoment['at'] {
  const [verb = ''] = line.toUpperCase().split(/[ :]/, 1);
  const moments: Readonly<Record<string, SmtpMoment['at']>> = {
    EHLO: 'hello',
    HELO: 'hello',
    STARTTLS: 'starttls',
    AUTH: 'auth',
    MAIL: 'mail',
    RCPT: 'rcpt',
    DATA: 'data',
    BDAT: 'bdat',
    RSET: 'reset',
    QUIT: 'quit',
  };
  return moments[verb] ?? 'other';
}

const addressIn = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? '';

function ehloReply(extensions: readonly string[]): string {
  const lines = ['mx.example.com', ...extensions];
  return lines.map((text, index) => `250${index < lines.length - 1 ? '-' : ' '}${text}`).join('\r\n');
}
