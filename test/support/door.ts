import { request, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { isRefusal } from '../../src/domain/refusal.ts';
import type { Log } from '../../src/domain/log.ts';
import { createWeb, startWeb, type WebServer } from '../../src/web/server.ts';
import type { WebTools } from '../../src/web/web-tools.ts';
import type { LedgerClock } from '../../src/store/ledger-clock.ts';
import { openTestApp, type TestApp } from './app.ts';

/** The pages of a small series on a port of their own, with a Redis of their own; nobody sends mail. */
export interface Door {
  readonly t: TestApp;
  readonly tools: WebTools;
  readonly server: WebServer;
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  /** Every line of its log. */
  readonly log: string[];
  close(): Promise<void>;
}

export const BASE_URL = 'https://letters.example.com';
export const BLOG = 'https://blog.example.com';

export async function openDoor(env: Record<string, string> = {}, clock?: LedgerClock): Promise<Door> {
  const t = await openTestApp({
    withoutWorkers: true,
    ...(clock !== undefined && { clock }),
    env: { BASE_URL, PARTWORK_ORIGINS: BLOG, PARTWORK_SIGNUPS_PER_MINUTE: '100000', ...env },
  });
  await t.write('garden', 'every: 1d', { '1-frost': 'title: Frost', '2-thaw': 'title: Thaw' });
  await t.schedule('garden');
  const opened = await t.app.openWeb();
  if (isRefusal(opened)) throw new Error(opened.message);
  const log: string[] = [];
  const tools: WebTools = { ...opened, log: logTo(log) };
  const server = await startWeb(createWeb(tools), 0, { trustedProxies: tools.trustedProxies });
  return {
    t,
    tools,
    server,
    url: `http://localhost:${server.port}`,
    log,
    async close() {
      await server.close();
      await opened.close();
      await t.close();
    },
  };
}

function logTo(lines: string[]): Log {
  const note = (facts: Record<string, unknown>, message: string) =>
    void lines.push(`${message} ${JSON.stringify(facts)}`);
  return { debug: note, info: note, warn: note, error: note };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as it is, without a URL object or fetch that would mend it first. */
export function askRaw(port: number, options: RequestOptions, body = ''): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, agent: false, ...options }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => (body += String(chunk)));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
