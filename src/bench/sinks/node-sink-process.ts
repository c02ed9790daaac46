// The bench's own mail server: `node-sink-process <rules as JSON>`.
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { answerParent } from '../answer-parent.ts';
import { Conversation } from './conversation.ts';
import type { SinkRules } from './sink-rules.ts';
import { Tally } from './tally.ts';

const rules = JSON.parse(process.argv[2] ?? '{}') as SinkRules;
const { connections = Infinity, roundTripMs = 0 } = rules;
const tally = new Tally(rules);
let open = 0;

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => undefined);
  if (open >= connections) return void socket.end('421 4.7.0 Too many connections from your host\r\n');
  open += 1;
  socket.on('close', () => (open -= 1));
  // A greeting comes two round trips after the first packet: one opens the connection, which is open here at once.
  afterMs(1.5 * roundTripMs, () => write(socket, '220 sink ESMTP\r\n'));
  converse(socket);
});

function converse(socket: Socket): void {
  const conversation = new Conversation(rules, tally);
  socket.on('data', (data) =>
    afterMs(roundTripMs / 2, () => {
      const replies = conversation.take(data);
      const isOver = conversation.isOver;
      if (replies !== '') afterMs(roundTripMs / 2, () => write(socket, replies));
      if (isOver) afterMs(roundTripMs / 2, () => socket.end());
    }),
  );
}

/** Timers of one length end in the order they were set. */
function afterMs(ms: number, run: () => void): void {
  if (ms === 0) run();
  else setTimeout(run, ms);
}

function write(socket: Socket, text: string): void {
  if (!socket.destroyed) socket.write(text);
}

server.listen(0, '127.0.0.1');
await once(server, 'listening');
answerParent({
  port: () => (server.address() as AddressInfo).port,
  expect: (readers: number) => tally.expect(readers),
  taken: () => tally.taken,
  report: () => tally.report(),
});
