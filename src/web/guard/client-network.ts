import type { Context, MiddlewareHandler } from 'hono';
import type { Log } from '../../domain/log.ts';
import { networkOf, parseAddress, trustedProxies, type IsTrusted } from './trusted-proxies.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** See `clientNetwork`. */
    clientNetwork: string;
  }
}

type Address = NonNullable<ReturnType<typeof parseAddress>>;

const UNKNOWN = 'unknown';

/** The network a request comes from, `203.0.113.0/24` or `2001:db8::/64`; `unknown` where there is no connection to look at. */
export const clientNetwork = (context: Context): string => context.get('clientNetwork') ?? UNKNOWN;

/** Notes the network of each request, as the connection has it, or as our own proxies say. */
export function noteClient(proxies: readonly string[], log: Log): MiddlewareHandler {
  const isTrusted = trustedProxies(proxies);
  let isTold = false;
  return async (context, next) => {
    const peer = peerOf(context);
    const forwarded = context.req.header('X-Forwarded-For');
    if (peer !== undefined) context.set('clientNetwork', networkOf(clientOf(peer, forwarded, isTrusted)));
    if (!isTold && forwarded !== undefined && peer !== undefined && isNear(peer) && !isTrusted(peer)) {
      isTold = true;
      log.warn(
        { fix: 'name it in PARTWORK_TRUSTED_PROXIES' },
        'a proxy says who asks and is not believed: to the limits, all readers behind it are one',
      );
    }
    await next();
  };
}

/**
 * The client behind our proxies: `X-Forwarded-For` is read from the right, where the nearest proxy writes, and only as long as it was a
 * proxy of ours that wrote. What is no address ends it, since whatever is left of it may come from anybody.
 */
export function clientOf(peer: Address, forwarded: string | undefined, isTrusted: IsTrusted): Address {
  let client = peer;
  const hops = forwarded?.split(',') ?? [];
  while (isTrusted(client) && hops.length > 0) {
    const hop = parseAddress(hops.pop() ?? '');
    if (hop === undefined) return client;
    client = hop;
  }
  return client;
}

function peerOf({ env }: Context): Address | undefined {
  const address = (env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming
    ?.socket?.remoteAddress;
  return address === undefined ? undefined : parseAddress(address);
}

/** On this machine or in its own network, where a proxy would be. */
const isNear = (address: Address): boolean =>
  ['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat'].includes(address.range());
