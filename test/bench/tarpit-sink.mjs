// A mail server that takes its time with one domain: `node tarpit-sink.mjs <ms for it> <ms for a message>`. Writes its port to stdout,
// then `taken <n>` for the mails to everybody else.
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const [tarpitMs = 0, answerMs = 0] = process.argv.slice(2).map(Number);
const END = '\r\n.\r\n';
let taken = 0;

const server = createServer({ noDelay: true }, (socket) => void serve(socket));

const nobodyWaits = () => undefined;

async function serve(socket) {
  let rest = '';
  let wake = nobodyWaits;
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    wake();
  });
  socket.on('close', () => wake());
  const next = async (end) => {
    for (; !rest.includes(end) && !socket.destroyed;) await new Promise((resolve) => (wake = resolve));
    const at = rest.indexOf(end);
    const line = rest.slice(0, at);
    rest = rest.slice(at + end.length);
    return line;
  };
  let isSlow = false;
  const answers = {
    EHLO: '250-sink\r\n250-PIPELINING\r\n250 8BITMIME',
    DATA: '354 go on',
    QUIT: '221 bye',
  };
  socket.write('220 sink\r\n');
  while (!socket.destroyed) {
    const line = await next('\r\n');
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT') {
      isSlow = line.includes('@tar.example');
      if (isSlow) await sleep(tarpitMs);
    }
    socket.write(`${answers[verb] ?? '250 ok'}\r\n`);
    if (verb !== 'DATA') continue;
    await next(END);
    await sleep(answerMs);
    if (!isSlow && ++taken % 50 === 0) console.log(`taken ${taken}`);
    socket.write('250 ok\r\n');
  }
}

server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
