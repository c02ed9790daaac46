import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf, parseAddress, trustedProxies } from './trusted-proxies.ts';

const MOST_BYTES_OF_HEADERS = 8 * 1024;
const WHOLE_REQUEST_MS = 10_000;
const MOST_CONNECTIONS = 50;

/** For Node's HTTP server: what a request may weigh and how long it may take to come in, and how long a connection may be silent. */
export const SERVER_LIMITS = {
  maxHeaderSize: MOST_BYTES_OF_HEADERS,
  headersTimeout: WHOLE_REQUEST_MS,
  requestTimeout: WHOLE_REQUEST_MS,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 5_000,
} as const;

/** A browser that reads slowly is waited for, one that does not read is not. */
const SILENT_MS = 30_000;
const MOST_REQUESTS_OF_A_CONNECTION = 1_000;

/** Fifty connections at once from one address (one /64 of IPv6) are plenty for a person; our own proxies carry everybody's. */
export function limitConnections(server: Server, proxies: readonly string[]): void {
  const isTrusted = trustedProxies(proxies);
  const open = new Map<string, number>();
  server.setTimeout(SILENT_MS);
  server.maxRequestsPerSocket = MOST_REQUESTS_OF_A_CONNECTION;
  server.on('connection', (socket: Socket) => {
    const address = parseAddress(socket.remoteAddress ?? '');
    if (address === undefined || isTrusted(address)) return;
    const client = address.kind() === 'ipv4' ? address.toString() : networkOf(address);
    const count = (open.get(client) ?? 0) + 1;
    open.set(client, count);
    socket.once('close', () => {
      const left = (open.get(client) ?? 1) - 1;
      if (left === 0) open.delete(client);
      else open.set(client, left);
    });
    if (count > MOST_CONNECTIONS) socket.destroy();
  });
}
