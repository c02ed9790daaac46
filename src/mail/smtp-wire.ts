import type { OfferedMail } from './offered-mail.ts';

/** What takes the mails of one connection. Each mail it has taken is ended by it, whatever the server does. */
export interface Wire {
  /** Mails on it. */
  readonly load: number;
  /** Mails it is worth to have on it and ready for it. */
  readonly depth: number;
  /** Another mail could be written at once. */
  readonly hasRoom: boolean;
  /** When the mail that is first in line began to wait for the server, by `performance.now()`. */
  readonly waitingSince: number;
  /** Only while there is room. */
  take(mail: OfferedMail): void;
  /** The connection is gone: the mails on it end here. */
  lose(reason: string): void;
  /** No message is begun any more. */
  close(): void;
}
