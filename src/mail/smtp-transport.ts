import type { SmtpResult } from '../domain/smtp-reply.ts';
import { ConnectBreaker } from './connect-breaker.ts';
import type { Clearance, OutgoingMail, Sent } from './offered-mail.ts';
import { assertEnvelope } from './smtp-envelope.ts';
import { DEPTH, SmtpPaths, type SmtpPath } from './smtp-path.ts';
import { SmtpPool } from './smtp-pool.ts';
import { SmtpSession } from './smtp-session.ts';
import type { SmtpSettings } from './smtp-settings.ts';
import type { Vacancy } from './vacancies.ts';

/** A pool of connections to one server. */
export interface SmtpTransport {
  readonly connections: number;
  /**
   * Offers of use at once: mails on the wire, and those that are cleared meanwhile so that it never rests. Depends on what the
   * server offers; before that is known, on what most of them do.
   */
  readonly capacity: number;
  /** Waits until the connections could do with more mails than are offered. */
  vacancy(): Promise<Vacancy>;
  /** How mails go over; undefined before the first connection. */
  readonly path: SmtpPath | undefined;
  /** ms in which nothing will be tried because the server cannot be reached; claim no work meanwhile. 0 = all is well. */
  readonly pausedForMs: number;
  /**
   * Hands one mail to the server: waits for a free connection, then for the answer. Never rejects for anything a server
   * or a network can do. Throws when an address is not one we could have parsed, for that is a bug and might mail a stranger.
   */
  send(mail: OutgoingMail): Promise<SmtpResult>;
  /** The same, for a mail that may have to stay. What `clearance` throws is thrown on. */
  offer(mail: OutgoingMail, clearance: Clearance): Promise<Sent>;
  /** Connects and logs in on a connection of its own, sends nothing: why that failed, or undefined when it did not. */
  probe(): Promise<SmtpResult | undefined>;
  /** Takes no more mail, answers the waiting ones as not sent, and waits for those under way. */
  close(): Promise<void>;
}

const CLEARED: Clearance = { mayLeave: () => Promise.resolve(true), mayStillLeave: () => true };

/** Opens nothing yet: the first mail does. */
export function openSmtpTransport(settings: SmtpSettings): SmtpTransport {
  const { connections, limits, bestPath = 'overlap' } = settings;
  const breaker = new ConnectBreaker(limits);
  const paths = new SmtpPaths(bestPath);
  const pool = new SmtpPool(connections, { settings, breaker, paths });
  return {
    connections,
    get capacity() {
      return connections * DEPTH[paths.current ?? paths.usual];
    },
    vacancy: () => pool.vacancy(),
    get path() {
      return paths.current;
    },
    get pausedForMs() {
      return pool.isConnected ? 0 : breaker.pausedForMs;
    },
    send: async (mail) => {
      assertEnvelope(mail);
      const sent = await pool.offer(mail, CLEARED);
      if (typeof sent === 'string') throw new Error(`A mail that may leave was ${sent}.`);
      return sent;
    },
    offer: async (mail, clearance) => {
      assertEnvelope(mail);
      return pool.offer(mail, clearance);
    },
    probe: async () => {
      const session = new SmtpSession(settings);
      const failure = await session.open();
      await session.quit();
      return failure;
    },
    close: () => pool.close(),
  };
}
