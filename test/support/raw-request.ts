import { connect } from 'node:net';

/** What a server answers to bytes; '' when it hangs up without a word. */
export interface RawAnswer {
  /** 0 without an answer. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

const PATIENCE_MS = 15_000;

/** Sends these bytes on a connection of its own and reads to its end: for what no client would send. */
export function rawRequest(url: string, bytes: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    // A server that refuses in the middle of our sending resets the line; what it has said counts.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(parseAnswer(answer)));
  });
}

function parseAnswer(answer: string): RawAnswer {
  const end = answer.indexOf('\r\n\r\n');
  const head = end < 0 ? answer : answer.slice(0, end);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    head,
    body: answer.slice(head.length + 4),
  };
}
