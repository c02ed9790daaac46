import { createHash } from 'node:crypto';
import { lstat, mkdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The kernel takes 104 bytes on macOS and 108 on Linux, with the final zero (unix(7), sun_path). */
const LONGEST_PATH = 100;

/**
 * The path by which to listen or connect on the socket `name` in `folder`. The socket always lies in the folder; where
 * that path is too long for the kernel, it is reached through a short link in a private folder of the system's
 * temporary one. Throws when somebody else has put a folder there.
 */
export async function socketPath(folder: string, name: string): Promise<string> {
  const direct = join(folder, name);
  if (fits(direct)) return direct;

  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const shortcuts = [tmpdir(), '/tmp'].map((parent) => join(parent, `partwork-${hash}`));
  const shortcut = shortcuts.find((path) => fits(join(path, 'd', name)));
  if (shortcut === undefined)
    throw new Error(`No path to the socket ${direct} is short enough (${LONGEST_PATH} bytes)`);
  await makePrivateFolder(shortcut);
  await linkTo(folder, join(shortcut, 'd'));
  return join(shortcut, 'd', name);
}

const fits = (path: string): boolean => Buffer.byteLength(path) <= LONGEST_PATH;

/** Whoever else could write there could put a socket of theirs in our way. */
async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const found = await lstat(path);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0) {
    throw new Error(`${path} must be a folder only this user can enter; remove it and start again`);
  }
}

async function linkTo(folder: string, link: string): Promise<void> {
  try {
    await symlink(folder, link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
