import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import type { Log } from '../domain/log.ts';

export interface WebTools {
  /** Resolves while the ledger answers. */
  readonly ping: () => Promise<void>;
  readonly log: Log;
}

export interface WebServer {
  readonly port: number;
  close(): Promise<void>;
}

const PING_TIMEOUT_MS = 2_000;
const CUT_AFTER_MS = 3_000;

/** The pages. For now `/healthz`: 200 when the ledger answers within two seconds, else 503. */
export function createWeb({ ping, log }: WebTools): Hono {
  const web = new Hono();
  web.get('/healthz', async (context) => {
    try {
      await Promise.race([ping(), timeout(PING_TIMEOUT_MS)]);
      return context.text('ok\n');
    } catch (error) {
      log.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'the ledger does not answer',
      );
      return context.text('the ledger does not answer\n', 503, { 'Retry-After': '5' });
    }
  });
  return web;
}

/** Listens on `port` (0 = a free one), at every address of this machine or only at `hostname`. Rejects when the port is taken. */
export function startWeb(web: Hono, port: number, hostname?: string): Promise<WebServer> {
  return new Promise((resolve, reject) => {
    const where = { port, ...(hostname !== undefined && { hostname }) };
    const server = serve({ fetch: web.fetch, ...where }, (address) =>
      resolve({
        port: address.port,
        close: () => closed(server),
      }),
    );
    server.once('error', reject);
  });
}

/** Answers that are under way are finished; browsers that keep asking are cut off after a while. */
function closed(server: ServerType): Promise<void> {
  const cut = setTimeout(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
  }, CUT_AFTER_MS);
  return new Promise((resolve, reject) => {
    server.close((error) => {
      clearTimeout(cut);
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}

const timeout = (ms: number): Promise<never> =>
  new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref();
  });
