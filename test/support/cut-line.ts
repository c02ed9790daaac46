import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server on this machine, of which the first connection is cut after so many bytes in one direction. */
export interface CutLine {
  readonly port: number;
  close(): Promise<void>;
}

export interface Cut {
  readonly direction: 'there' | 'back';
  readonly bytes: number;
}

export async function openCutLine(port: number, { direction, bytes }: Cut): Promise<CutLine> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    const both = [near, far];
    for (const socket of both) {
      sockets.add(socket.setNoDelay());
      // What is cut is the subject of the test.
      socket.on('error', () => undefined).on('close', () => both.forEach((one) => one.destroy()));
    }
    const isFirst = !isCut;
    isCut = true;
    pass(near, far, isFirst && direction === 'there' ? bytes : Infinity);
    pass(far, near, isFirst && direction === 'back' ? bytes : Infinity);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** The last bytes arrive before the end does. */
function pass(from: Socket, to: Socket, most: number): void {
  let left = most;
  from.on('data', (chunk) => {
    if (left <= 0) return;
    to.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) to.end(() => from.destroy());
  });
}
