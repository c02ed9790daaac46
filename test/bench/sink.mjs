// A mail server that does nothing with what it gets, in a process of its own: writes its port to stdout.
import { createServer } from 'node:net';

const END = '\r\n.\r\n';

const server = createServer((socket) => {
  let inBody = false;
  let rest = '';
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.write('220 sink\r\n');
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    for (;;) {
      const end = rest.indexOf(inBody ? END : '\r\n');
      // The dot may come in two pieces; the rest of a body is of no interest.
      if (end < 0) return void (inBody && (rest = rest.slice(-END.length + 1)));
      const line = inBody ? '.' : rest.slice(0, end).toUpperCase();
      rest = rest.slice(end + (inBody ? END.length : 2));
      inBody = line === 'DATA';
      socket.write(answer(line));
    }
  });
});

function answer(line) {
  if (line.startsWith('EHLO')) return '250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n';
  if (line === 'DATA') return '354 go on\r\n';
  return line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n';
}

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
