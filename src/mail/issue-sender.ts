import type { Delivery } from '../domain/delivery.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import { compileMessage, type CompiledMessage } from './compile-message.ts';
import type { DkimSigner } from './dkim/dkim-signer.ts';
import { signInSlab } from './dkim/sign-in-slab.ts';
import type { MessageFields, MessageSettings } from './issue-headers.ts';
import type { Clearance, OutgoingMail, Sent } from './offered-mail.ts';
import type { SmtpTransport } from './smtp-transport.ts';
import type { Vacancy } from './vacancies.ts';

/** Turns deliveries into bytes and hands them to the mail server. */
export interface IssueSender {
  readonly connections: number;
  /** Sends of use at once, by what is known of the server now. */
  readonly capacity: number;
  /** Waits until the connections could do with more mails than are offered. */
  vacancy(): Promise<Vacancy>;
  /** Where the mail goes, for people: a host, or the local inbox' folder. */
  readonly mailsTo: string;
  /**
   * Asks `clearance` once a connection is ready, or about to be, and the bytes can be made, so that only a mail whose next step is MAIL counts as
   * begun. Never rejects for anything a server or a network can do; what `clearance` throws is thrown on.
   */
  send(delivery: Delivery, clearance: Clearance): Promise<Sent>;
  /** Waits for mails under way. */
  close(): Promise<void>;
}

export interface IssueSenderOptions {
  readonly transport: SmtpTransport;
  readonly mailsTo: string;
  readonly settings: MessageSettings;
  /** The frozen rendering of that hash. */
  readonly rendered: (hash: string) => Promise<RenderedIssue>;
  readonly fieldsOf: (delivery: Delivery) => MessageFields;
  readonly dkim?: DkimSigner;
}

/** Pieces of issues kept in memory: a few series at once, each with an issue being sent and the next. */
const MOST_COMPILED = 32;

export function openIssueSender(options: IssueSenderOptions): IssueSender {
  const { transport, mailsTo, fieldsOf, dkim } = options;
  const compiled = new Map<string, Promise<CompiledMessage>>();

  const compiledFor = (hash: string): Promise<CompiledMessage> => {
    const known = compiled.get(hash);
    if (known !== undefined) return known;
    const [oldest] = compiled.keys();
    if (compiled.size >= MOST_COMPILED && oldest !== undefined) compiled.delete(oldest);
    const made = compile(options, hash);
    // A ledger that did not answer this time may answer the next.
    made.catch(() => compiled.delete(hash));
    compiled.set(hash, made);
    return made;
  };

  return {
    connections: transport.connections,
    get capacity() {
      return transport.capacity;
    },
    vacancy: () => transport.vacancy(),
    mailsTo,
    async send(delivery, clearance) {
      const message = await compiledFor(delivery.rendered);
      const fields = fieldsOf(delivery);
      const mail: OutgoingMail = {
        from: message.from,
        to: delivery.address,
        bytes: (slab) =>
          dkim === undefined
            ? message.write(slab, fields)
            : signInSlab(slab, dkim, (room) => message.write(slab, fields, room)),
      };
      return transport.offer(mail, clearance);
    },
    close: () => transport.close(),
  };
}

async function compile({ rendered, settings }: IssueSenderOptions, hash: string): Promise<CompiledMessage> {
  const message = compileMessage(await rendered(hash), settings);
  // What a header must not have is refused when an issue is rendered; here it can only come from a damaged ledger.
  if (message.kind === 'refused') throw new Error(message.reason);
  return message;
}
