import type { Socket } from 'node:net';
import type { SmtpResult } from '../domain/smtp-reply.ts';
import type { OpenWire } from './bounded-connection.ts';
import { SizeLimit } from './size-limit.ts';
import type { Flight } from './smtp-flight.ts';
import { withoutStuffing } from './wire-bytes.ts';

const END_OF_MESSAGE = Buffer.from('.\r\n');

/** What goes out over a connection: groups of commands (RFC 2920), messages upon a go (DATA), and whole mails (BDAT, RFC 3030). */
export class SmtpWriter {
  readonly #socket: Socket;
  readonly #sizeLimit: SizeLimit;
  #written = 0;

  constructor({ socket, offers }: OpenWire) {
    this.#socket = socket;
    this.#sizeLimit = new SizeLimit(offers);
  }

  /** What is written now would leave later. */
  get isFull(): boolean {
    return this.#socket.writableNeedDrain;
  }

  /** Why a message need not be tried. */
  refusalOf(size: number): SmtpResult | undefined {
    return this.#sizeLimit.refusalOf(size);
  }

  /** All that `write` is told in it goes out together. */
  together(write: () => void): void {
    this.#socket.cork();
    write();
    this.#socket.uncork();
  }

  envelope(flight: Flight): void {
    this.#write(`${this.#commandsOf(flight)}DATA\r\n`);
  }

  whole(flight: Flight): void {
    const message = withoutStuffing(flight.mail.bytes);
    this.together(() => {
      this.#write(`${this.#commandsOf(flight)}BDAT ${message.length} LAST\r\n`);
      this.#write(message);
    });
    flight.endsAt = this.#written;
  }

  message(flight: Flight): void {
    this.#write(flight.mail.bytes);
    this.#write(END_OF_MESSAGE);
    flight.endsAt = this.#written;
  }

  /** For a go that must be answered where there is nobody to get a message. */
  nothing(flight: Flight): void {
    this.#write(END_OF_MESSAGE);
    flight.endsAt = this.#written;
  }

  /** The socket has let go of its last byte. */
  isAllSent({ endsAt = 0 }: Flight): boolean {
    return this.#written - this.#socket.writableLength >= endsAt;
  }

  /** Addresses are ASCII, with nothing in them that could end a command (`EmailAddress`). */
  #commandsOf({ mail, step }: Flight): string {
    const reset = step === 'reset' ? 'RSET\r\n' : '';
    const size = this.#sizeLimit.parameterFor(mail.bytes.length);
    return `${reset}MAIL FROM:<${mail.from}>${size}\r\nRCPT TO:<${mail.to}>\r\n`;
  }

  /** Never a string: where there is one, Node gathers it and all that goes out with it once more. */
  #write(data: string | Buffer): void {
    this.#written += data.length;
    this.#socket.write(typeof data === 'string' ? Buffer.from(data, 'latin1') : data);
  }
}
