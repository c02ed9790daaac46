// A mail server that takes so many connections and no more, and tells what it gets: `port <n>`, `taken <n>` every hundred mails,
// `letter <recipient> <ms since 1970>` for each letter, `full` for each connection it refuses. Arguments: connections, ms until it
// answers a message.
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const END = '\r\n.\r\n';
const TOLD_EVERY = 100;
const [mostConnections = 10, answerMs = 0] = process.argv.slice(2).map(Number);

let open = 0;
let taken = 0;

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  if (open >= mostConnections) {
    console.log('full');
    socket.end('421 4.7.0 Too many connections from your host\r\n');
    return;
  }
  open += 1;
  socket.on('close', () => (open -= 1));
  socket.write('220 sink\r\n');
  void talk(socket);
});

async function talk(socket) {
  let rest = '';
  let inBody = false;
  let letter;
  for await (const chunk of socket) {
    rest += chunk.toString('latin1');
    for (;;) {
      const end = rest.indexOf(inBody ? END : '\r\n');
      if (end < 0) break;
      const line = inBody ? '.' : rest.slice(0, end);
      const body = inBody ? rest.slice(0, end) : '';
      rest = rest.slice(end + (inBody ? END.length : 2));
      if (line.startsWith('RCPT')) letter = /<(confirm-[^>]*)>/.exec(line)?.[1];
      if (inBody) await take(letter, body);
      inBody = line === 'DATA';
      if (!socket.destroyed) socket.write(answer(line.toUpperCase()));
      if (line === 'QUIT') socket.end();
    }
  }
}

async function take(letter, body) {
  taken += 1;
  if (letter !== undefined && /^Auto-Submitted: auto-generated/m.test(body)) {
    console.log(`letter ${letter} ${Date.now()}`);
  }
  if (taken % TOLD_EVERY === 0) console.log(`taken ${taken}`);
  if (answerMs > 0) await sleep(answerMs);
}

function answer(line) {
  if (line.startsWith('EHLO')) return '250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n';
  if (line === 'DATA') return '354 go on\r\n';
  return line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n';
}

// Whoever started this may end without saying so.
process.stdin.on('end', () => process.exit()).resume();

server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
