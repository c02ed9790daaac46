import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a socket over TCP that can go dead without a word, as when a cable is cut or a firewall forgets. */
export interface SilentLine {
  readonly url: string;
  /** Connections open now neither carry anything any more nor end; new ones work. */
  goSilent(): void;
  close(): void;
}

export async function openSilentLine(path: string): Promise<SilentLine> {
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = createConnection(path);
    for (const socket of [near, far]) {
      socket.on('error', () => undefined);
      sockets.push(socket);
    }
    near.pipe(far);
    far.pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    goSilent() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
