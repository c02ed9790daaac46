import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { searching } from './search-path.ts';

/** Package manager → what installs a Redis. Fedora 41 and Arch have Valkey in its place; Debian and Alpine have both. */
const INSTALL: readonly (readonly [manager: string, install: string])[] = [
  ['apt-get', 'apt-get install -y redis-server'],
  ['dnf', 'dnf install -y valkey || dnf install -y redis'],
  ['apk', 'apk add redis'],
  ['pacman', 'pacman -S --noconfirm valkey'],
  ['zypper', 'zypper --non-interactive install redis'],
  ['brew', 'brew install redis'],
];

/** The one command that installs a Redis on this system; undefined when no known package manager is on PATH. */
export async function installCommand(path?: string): Promise<string | undefined> {
  for (const [manager, install] of INSTALL) {
    if (await runs(manager, path)) return manager === 'brew' ? install : asRoot(install);
  }
  return undefined;
}

async function runs(manager: string, path: string | undefined): Promise<boolean> {
  try {
    await promisify(execFile)(manager, ['--version'], searching(path));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

function asRoot(install: string): string {
  if (process.getuid?.() === 0) return install;
  return install.includes('||') ? `sudo sh -c '${install}'` : `sudo ${install}`;
}
