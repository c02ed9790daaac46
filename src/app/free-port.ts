import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A port that was free a moment ago: links in mails name the pages' port before the pages are there. */
export async function freePort(hostname: string): Promise<number> {
  const probe = createServer().listen(0, hostname);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
