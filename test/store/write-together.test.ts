import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { writeTogether } from '../../src/store/write-together.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function openLine() {
  const heard: string[] = [];
  const server = createServer((socket) => socket.on('data', (data) => heard.push(String(data)))).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const address = server.address();
  const stream = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  stream.setNoDelay();
  closing.push(
    () => stream.destroy(),
    () => server.close(),
  );
  await once(stream, 'connect');
  const ask = (what: string) => {
    writeTogether(stream);
    stream.write(what);
  };
  return { heard, stream, ask };
}

test('what is asked for in one turn of the event loop goes over in one write, and the next turn’s at once as well', async () => {
  const { heard, stream, ask } = await openLine();
  ask('claim ');
  ask('settle ');
  await Promise.resolve();
  ask('extend ');
  expect(stream.bytesWritten).toBe('claim settle extend '.length);
  expect(stream.writableLength).toBe(stream.bytesWritten);
  await expect.poll(() => heard).toEqual(['claim settle extend ']);
  ask('next');
  await expect.poll(() => heard.at(-1)).toBe('next');
});

test('a line that breaks meanwhile, or that is not there yet, is nobody’s trouble', async () => {
  const { stream, ask } = await openLine();
  ask('claim');
  stream.destroy();
  await new Promise((resolve) => setImmediate(resolve));
  writeTogether(undefined);
  expect(stream.destroyed).toBe(true);
});
