import { spawnSync } from 'node:child_process';

export interface ReadMessage {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly defects: readonly string[];
}

const PYTHON = `
import sys, json, base64, email, email.policy
def read(line):
  mail = email.message_from_bytes(base64.b64decode(line), policy=email.policy.default)
  return {
    'subject': mail['subject'],
    'html': mail.get_body(('html',)).get_content(),
    'text': mail.get_body(('plain',)).get_content(),
    'defects': [str(d) for part in mail.walk() for d in part.defects],
  }
print(json.dumps([read(line) for line in sys.stdin]))`;
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Messages as Python's standard library reads them, all by one process; undefined where there is no Python. */
export function asPythonReads(messages: readonly Buffer[]): readonly ReadMessage[] | undefined {
  if (!hasPython) return undefined;
  const input = messages.map((bytes) => `${bytes.toString('base64')}\n`).join('');
  const { stdout, stderr, status } = spawnSync('python3', ['-c', PYTHON], { input, maxBuffer: 100_000_000 });
  if (status !== 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString()) as ReadMessage[];
}
