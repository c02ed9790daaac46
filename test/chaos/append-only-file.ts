import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The append-only file of a Redis that was never rewritten: a base, a manifest, and every write since in one piece. */
export interface AppendOnlyFile {
  /** Where each command ends, in bytes. */
  readonly ends: readonly number[];
  readonly bytes: Buffer;
  /** Puts a Redis folder there that holds this much of it, and `tail` after that. */
  copyTo(folder: string, length: number, tail?: Buffer): void;
}

const FOLDER = 'appendonlydir';

/** Reads what `redis-server --dir dir --auto-aof-rewrite-percentage 0` has written. */
export function readAppendOnlyFile(dir: string): AppendOnlyFile {
  const home = join(dir, FOLDER);
  const writes = readdirSync(home).filter((name) => name.endsWith('.incr.aof'));
  const [name] = writes;
  if (name === undefined || writes.length > 1)
    throw new Error(`${home} holds ${writes.length} files of writes.`);
  const bytes = readFileSync(join(home, name));
  return {
    bytes,
    ends: endsOf(bytes),
    copyTo(folder, length, tail = Buffer.alloc(0)) {
      const target = join(folder, FOLDER);
      mkdirSync(folder, { recursive: true });
      cpSync(home, target, { recursive: true, filter: (path) => !path.endsWith(name) });
      writeFileSync(join(target, name), Buffer.concat([bytes.subarray(0, length), tail]));
    },
  };
}

/** `*<n>\r\n`, then `$<length>\r\n<bytes>\r\n` n times, for each command. */
function endsOf(bytes: Buffer): number[] {
  const ends: number[] = [];
  let at = 0;
  const count = (mark: string): number => {
    const end = bytes.indexOf('\r\n', at);
    const line = bytes.toString('latin1', at, end);
    if (!line.startsWith(mark))
      throw new Error(`"${line.slice(0, 40)}" at byte ${at} is no ${mark} of the protocol.`);
    at = end + 2;
    return Number(line.slice(1));
  };
  while (at < bytes.length) {
    for (let left = count('*'); left > 0; left--) {
      const length = count('$');
      at += length + 2;
    }
    ends.push(at);
  }
  return ends;
}
