import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** 24 bytes, as the specification asks for at least. */
export const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** A request as it came, and what the receiver made of it, by the rules of Standard Webhooks and code of its own. */
export interface ReceivedHook {
  readonly path: string;
  readonly method: string;
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly raw: string;
  /** Whether one of its signatures is good and its time is about now. */
  readonly isGenuine: boolean;
  readonly signatures: number;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly received: readonly ReceivedHook[];
  close(): Promise<void>;
}

/** How to answer the n-th request (from 1); ends the answer itself. */
export type HookAnswer = (answer: ServerResponse, n: number, path: string) => void;

const TOLERANCE_S = 300;

/** An HTTP server on a free loopback port that checks what comes as a receiver should, and says 204 unless told otherwise. */
export async function startWebhookReceiver(
  answer: HookAnswer = (response) => response.writeHead(204).end(),
  secret = WEBHOOK_SECRET,
): Promise<WebhookReceiver> {
  const received: ReceivedHook[] = [];
  const server = createServer((request, response) => {
    void take(request, response);
  });
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    received.push(readHook(request, await bodyOf(request), secret));
    answer(response, received.length, request.url ?? '');
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function readHook(request: IncomingMessage, raw: string, secret: string): ReceivedHook {
  const header = (name: string) => String(request.headers[name] ?? '');
  const [id, seconds, list] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(header) as [
    string,
    string,
    string,
  ];
  const signatures = list.split(' ').map((one) => one.split(','));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const wanted = createHmac('sha256', key)
    .update(id)
    .update('.')
    .update(seconds)
    .update('.')
    .update(raw)
    .digest();
  const isSigned = signatures.some(([version, value = '']) => {
    const given = Buffer.from(value, 'base64');
    return version === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
  const isFresh = Math.abs(Date.now() / 1_000 - Number(seconds)) < TOLERANCE_S && /^\d+$/.test(seconds);
  return {
    path: request.url ?? '',
    method: request.method ?? '',
    id,
    raw,
    body: JSON.parse(raw) as Record<string, unknown>,
    isGenuine: isSigned && isFresh && !id.includes('.') && header('content-type') === 'application/json',
    signatures: signatures.length,
  };
}
