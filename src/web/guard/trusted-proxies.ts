import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Whether a peer is one of our own proxies, whose `X-Forwarded-For` is believed. */
export type IsTrusted = (address: Address) => boolean;

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** From addresses, networks (`10.0.0.0/8`, `2001:db8::/32`) and the word `loopback`, which the configuration has checked. */
export function trustedProxies(list: readonly string[]): IsTrusted {
  const networks = list
    .flatMap((entry) => (entry === 'loopback' ? LOOPBACK : [entry]))
    .map((entry): [Address, number] => {
      if (entry.includes('/')) return ipaddr.parseCIDR(entry);
      const address = ipaddr.parse(entry);
      return [address, address.kind() === 'ipv4' ? 32 : 128];
    });
  return (address) =>
    networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}

/**
 * An address as a socket or a proxy writes it: with a port or a zone, in brackets, IPv4 inside IPv6. Undefined for anything else, also
 * for the short and octal spellings that parsers of addresses disagree about.
 */
export function parseAddress(text: string): Address | undefined {
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](?::\d{1,5})?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/, '$1')
    .replace(/%.*$/, '');
  return isIP(bare) === 0 ? undefined : ipaddr.process(bare);
}

/** `203.0.113.0/24`, `2001:db8::/64`: what one household or office has of addresses. */
export function networkOf(address: Address): string {
  const bits = address.kind() === 'ipv4' ? 24 : 64;
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${address.toString()}/${bits}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${bits}`);
  return `${network.toString()}/${bits}`;
}
