import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';
import { socketPath } from './socket-path.ts';

/** `pid` is of the process that holds the lock, as it sees itself. */
export type LockResult =
  | { readonly kind: 'locked'; readonly release: () => Promise<void> }
  | { readonly kind: 'busy'; readonly pid: number };

/**
 * Takes the lock `name` of a folder for this process, or says who has it. Never waits for the holder.
 *
 * The holder listens on a socket of its own, which the kernel closes when the process ends, however it ends: there are
 * no stale locks, and no number of a process that could meanwhile be another's. Terms `name.1`, `name.2` … are links
 * to the holders' sockets; making the next link is atomic, so one process wins it. The newest link is never removed:
 * a process that has slept since it counted the links finds a newer one and withdraws.
 */
export async function takeLock(folder: string, name: string): Promise<LockResult> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const holder = `${name}-${process.pid}-${randomBytes(4).toString('hex')}`;
  const listening = await listen(await socketPath(folder, holder));
  for (;;) {
    const last = await newestTerm(folder, name);
    const pid = await livingHolder(folder, name, last);
    if (pid !== undefined) {
      await close(listening);
      return { kind: 'busy', pid };
    }
    if (await winTerm(folder, name, last + 1, holder)) {
      await removeTermsBefore(folder, name, last);
      return { kind: 'locked', release: () => close(listening) };
    }
  }
}

async function listen(path: string): Promise<Server> {
  const server = createServer((visitor) => visitor.destroy());
  server.unref();
  server.listen(path);
  await once(server, 'listening');
  return server;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

async function terms(folder: string, name: string): Promise<number[]> {
  const files = (await readdir(folder)).filter((file) => file.startsWith(`${name}.`));
  return files.map((file) => Number(file.slice(name.length + 1))).filter(Number.isInteger);
}

async function newestTerm(folder: string, name: string): Promise<number> {
  return Math.max(0, ...(await terms(folder, name)));
}

async function livingHolder(folder: string, name: string, term: number): Promise<number | undefined> {
  const link = `${name}.${term}`;
  if (term === 0 || !(await isListening(await socketPath(folder, link)))) return undefined;
  const holder = await targetOf(join(folder, link));
  return holder === undefined ? undefined : Number(holder.split('-').at(-2));
}

async function targetOf(link: string): Promise<string | undefined> {
  try {
    return await readlink(link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const visitor = connect(path, () => {
      visitor.destroy();
      resolve(true);
    });
    visitor.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(false);
      else if (error.code === 'EAGAIN' || error.code === 'ECONNRESET') resolve(true);
      else reject(error);
    });
  });
}

async function winTerm(folder: string, name: string, term: number, holder: string): Promise<boolean> {
  const link = join(folder, `${name}.${term}`);
  try {
    await symlink(holder, link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  if ((await newestTerm(folder, name)) === term) return true;
  await rm(link);
  return false;
}

/** Leaves the last term but one, for whoever is reading the folder at this moment. */
async function removeTermsBefore(folder: string, name: string, last: number): Promise<void> {
  for (const term of await terms(folder, name)) {
    if (term >= last) continue;
    const link = join(folder, `${name}.${term}`);
    const holder = await targetOf(link);
    if (holder !== undefined) await rm(join(folder, holder), { force: true });
    await rm(link, { force: true });
  }
}
