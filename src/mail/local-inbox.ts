import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Instant } from '../domain/instant.ts';
import { reasonOf } from '../domain/reason-of.ts';
import { inboxFileName, numberOfInboxFile } from './inbox-file-name.ts';
import { parseMailHead } from './read-inbox.ts';

/** A mail that has come in and is on disk. */
export interface InboxMail {
  /** Its path. */
  readonly file: string;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly receivedAt: Instant;
}

export interface LocalInbox {
  readonly port: number;
  /** For SMTP_URL. */
  readonly url: string;
  close(): Promise<void>;
}

export interface LocalInboxOptions {
  /** Where the mails go, one `.eml` each; made when it does not exist. */
  readonly folder: string;
  /** A free one unless given. */
  readonly port?: number;
  readonly onMail?: (mail: InboxMail) => void;
}

const HOST = '127.0.0.1';
const LARGEST_MAIL = 10 * 1024 * 1024;
const SERVER_OPTIONS = {
  name: 'localhost',
  banner: 'Partwork local inbox',
  size: LARGEST_MAIL,
  rejectOversized: true,
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  hideENHANCEDSTATUSCODES: false,
  closeTimeout: 1_000,
};

/**
 * A mail server on this machine that keeps every mail in a folder and sends none on. Numbers go on where the last run ended.
 * Rejects when the folder cannot be written or the port is taken, with the system's reason.
 */
export async function openLocalInbox({ folder, port = 0, onMail }: LocalInboxOptions): Promise<LocalInbox> {
  await mkdir(folder, { recursive: true });
  const numbers = (await readdir(folder)).map((name) => numberOfInboxFile(name) ?? 0);
  let last = numbers.reduce((highest, number) => Math.max(highest, number), 0);

  const take = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<InboxMail> => {
    const message = await receive(stream);
    last += 1;
    return keep(message, folder, last, session);
  };
  const server = new SMTPServer({
    ...SERVER_OPTIONS,
    onData(stream, session, reply) {
      take(stream, session).then(
        (mail) => {
          reply(null, 'kept');
          return onMail?.(mail);
        },
        (error: unknown) => reply(replyFor(error)),
      );
    },
  });
  const listeningPort = await listen(server, port);
  return {
    port: listeningPort,
    url: `smtp://${HOST}:${listeningPort}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** The whole message; what is over the limit is read and forgotten, so that the client gets to hear the refusal. */
async function receive(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  }
  if (stream.sizeExceeded) throw new Error(`it has more than ${LARGEST_MAIL} bytes`);
  return Buffer.concat(chunks);
}

async function keep(
  message: Buffer,
  folder: string,
  number: number,
  session: SMTPServerSession,
): Promise<InboxMail> {
  const { mailFrom, rcptTo } = session.envelope;
  const to = rcptTo.map(({ address }) => address);
  const { subject } = await parseMailHead(message);
  const file = join(folder, inboxFileName(number, to[0] ?? '', subject));
  // Renamed when complete: whoever watches the folder never reads half a mail, and a crash leaves none.
  const unfinished = join(folder, `.incoming-${number}`);
  await writeFile(unfinished, message);
  await rename(unfinished, file);
  const from = mailFrom === false ? '' : mailFrom.address;
  return { file, envelope: { from, to }, receivedAt: Date.now() };
}

function replyFor(error: unknown): Error {
  const reason = reasonOf(error);
  return Object.assign(new Error(`The mail could not be kept: ${reason}`), { responseCode: 451 });
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      // A client that hangs up in the middle is that client's affair, and no reason to stop taking mail from others.
      server.on('error', () => {});
      resolve((server.server.address() as AddressInfo).port);
    });
  });
}
