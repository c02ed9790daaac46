// A mail server in a process of its own, which has every transaction on record before it answers it.
// `sink.ts '{"record": "smtp.jsonl", "seed": 1, "workMs": 3}'`: writes its port to stdout, takes new faults as JSON lines on stdin, and
// ends when stdin does. Imports no product code: what it says is evidence.
import { createHash } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { startSmtp, type SmtpAnswer, type SmtpMoment, type SmtpTransaction } from '../support/smtp-server.ts';
import { faultFor, FAULTS, type FaultName, type FaultPlan } from './faults.ts';
import type { Fate, SmtpRecord, Stage } from './smtp-record.ts';

export interface SinkSettings {
  /** The file the record is appended to. */
  readonly record: string;
  readonly seed: number;
  /** How long it works on a message. */
  readonly workMs: number;
  readonly faults?: FaultPlan;
}

/** A transaction that is not over. */
interface Open {
  readonly began: number;
  readonly mailAt: number;
  readonly from: string;
  stage: Stage;
  to: readonly string[];
  fault?: FaultName;
}

class Sink {
  readonly #seed: number;
  readonly #file: number;
  readonly #clients = new Map<number, string>();
  readonly #open = new Map<number, Open>();
  readonly #tries = new Map<string, number>();
  #count = 0;
  faults: FaultPlan;

  constructor({ record, seed, faults = {} }: SinkSettings) {
    this.#file = openSync(record, 'a');
    this.#seed = seed;
    this.faults = faults;
  }

  answer(moment: SmtpMoment): SmtpAnswer | undefined {
    const { at, connection, from, line } = moment;
    if (at === 'hello') this.#clients.set(connection, line.split(' ')[1] ?? '');
    if (at === 'mail') {
      this.#end(connection, 'cut');
      this.#open.set(connection, { began: this.#count++, mailAt: Date.now(), from, stage: 'mail', to: [] });
    }
    if (at === 'reset') this.#end(connection, 'cut');
    const open = this.#open.get(connection);
    if (open === undefined) return undefined;
    if (at === 'rcpt') this.#noteRecipient(open, moment.to);
    if ((at === 'data' || at === 'bdat') && open.stage === 'rcpt') open.stage = 'data';
    if (at === 'body') open.stage = 'body';
    return this.#mishap(moment, open);
  }

  /** A whole message: it is on record before the answer goes out. */
  take({ connection, message }: SmtpTransaction, isClientGone: boolean): void {
    const fault = this.#open.get(connection)?.fault;
    const fate = fault === 'deferAfterDot' ? 'deferred' : 'taken';
    this.#end(connection, fate, { ...contentsOf(message), ...(isClientGone && { isClientGone }) });
  }

  close(connection: number): void {
    this.#end(connection, 'cut');
  }

  #noteRecipient(open: Open, to: readonly string[]): void {
    open.stage = 'rcpt';
    open.to = [...to];
    const recipient = to.at(-1) ?? '';
    const nth = (this.#tries.get(recipient) ?? 0) + 1;
    this.#tries.set(recipient, nth);
    const fault = faultFor(this.faults, this.#seed, recipient, nth);
    if (fault !== undefined) open.fault = fault;
  }

  #mishap({ at, connection }: SmtpMoment, { fault }: Open): SmtpAnswer | undefined {
    if (fault === undefined || FAULTS[fault].at !== at) return undefined;
    const { answer } = FAULTS[fault];
    if (at === 'rcpt') this.#end(connection, isPermanent(answer) ? 'refused' : 'deferred');
    return answer;
  }

  #end(connection: number, fate: Fate, contents: Partial<SmtpRecord> = {}): void {
    const open = this.#open.get(connection);
    if (open === undefined) return;
    this.#open.delete(connection);
    const client = this.#clients.get(connection) ?? '';
    const record: SmtpRecord = {
      ...open,
      ended: this.#count++,
      endedAt: Date.now(),
      client,
      connection,
      fate,
      ...contents,
    };
    writeSync(this.#file, `${JSON.stringify(record)}\n`);
  }
}

const isPermanent = (answer: SmtpAnswer): boolean => typeof answer === 'string' && answer.startsWith('5');

function contentsOf(message: Buffer): Partial<SmtpRecord> {
  const text = message.toString('latin1');
  const head = text.slice(0, text.indexOf('\r\n\r\n') + 2).replace(/\r\n[ \t]+/g, ' ');
  const field = (name: string) => new RegExp(`^${name}:[ ]*(.*)\r$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const [issue = '', series = ''] = field('feedback-id').split(':');
  return {
    sha256: createHash('sha256').update(message).digest('hex'),
    bytes: message.length,
    messageId: field('message-id'),
    subject: field('subject'),
    headerTo: /<([^>]*)>\s*$/.exec(field('to'))?.[1] ?? field('to'),
    mark: `${series}/${issue}`,
  };
}

const settings = JSON.parse(process.argv[2] ?? '{}') as SinkSettings;
const sink = new Sink(settings);
const server = await startSmtp({
  extensions: ['PIPELINING', '8BITMIME', 'ENHANCEDSTATUSCODES', 'CHUNKING'],
  script: (moment) => sink.answer(moment),
  workMs: settings.workMs,
  onTransaction: (transaction, isClientGone) => sink.take(transaction, isClientGone),
  onClose: (connection) => sink.close(connection),
});
process.stdout.write(`${server.port}\n`);
createInterface({ input: process.stdin })
  .on('line', (line) => (sink.faults = JSON.parse(line) as FaultPlan))
  .on('close', () => process.exit(0));
