// Programs that npm cannot bring: found on PATH, or installed with the package manager of the system.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

// Debian starts the service of a package, now and at every boot. Ours listens on a socket of its own, so that one stays off.
const quietApt = (packages, service) =>
  [
    'policy=/usr/sbin/policy-rc.d',
    'if [ ! -e $policy ]; then',
    '  trap "rm -f $policy" EXIT; trap "exit 130" HUP INT TERM',
    '  printf "#!/bin/sh\n# Only while Partwork installs a package; remove it.\nexit 101\n" > $policy',
    '  chmod 755 $policy',
    'fi',
    'export DEBIAN_FRONTEND=noninteractive',
    `install="apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 ${packages}"`,
    '$install || { apt-get update && $install; } || exit 1',
    ...(service === undefined ? [] : [`update-rc.d ${service} disable`]),
  ].join('\n');

/**
 * By package manager: what a person types, and what is run instead where that should be quieter.
 * Fedora and Arch have Valkey in the place of Redis.
 */
const MANAGERS = {
  'apt-get': {
    redis: 'apt-get update && apt-get install -y redis-server',
    chromium: 'apt-get update && apt-get install -y chromium',
    quietly: {
      redis: quietApt('redis-server', 'redis-server'),
      chromium: quietApt('chromium fonts-noto-cjk'),
    },
  },
  dnf: { redis: 'dnf install -y valkey || dnf install -y redis', chromium: 'dnf install -y chromium' },
  apk: { redis: 'apk add --no-cache redis', chromium: 'apk add --no-cache chromium' },
  pacman: { redis: 'pacman -Sy --noconfirm valkey', chromium: 'pacman -Sy --noconfirm chromium' },
  zypper: {
    redis: 'zypper --non-interactive install redis',
    chromium: 'zypper --non-interactive install chromium',
  },
  brew: { redis: 'brew install redis', chromium: 'brew install --cask google-chrome', asUser: true },
};

/** Is there such a program? A name is looked up on PATH, a path is taken as it is. */
export function isThere(program) {
  if (isAbsolute(program)) return isExecutable(program);
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * How to install `redis` or `chromium` with the system's package manager: `typed` is what a person would type,
 * `command` what can be run at once. Neither on a system we do not know; no `command` when it would ask for a password.
 */
export function installation(thing) {
  const manager = Object.keys(MANAGERS).find(isThere);
  if (manager === undefined) return {};
  const { asUser, quietly, [thing]: typed } = MANAGERS[manager];
  const shell = ['sh', '-c', quietly?.[thing] ?? typed];
  if (asUser || process.getuid() === 0) return { manager, typed, command: shell };
  return { manager, typed: asRoot(typed), command: sudoAsksNothing() ? ['sudo', '-n', ...shell] : undefined };
}

function asRoot(typed) {
  if (!isThere('sudo')) return `su -c '${typed}'`;
  return /&&|\|\|/.test(typed) ? `sudo sh -c '${typed}'` : `sudo ${typed}`;
}

const sudoAsksNothing = () =>
  isThere('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
