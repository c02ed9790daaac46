import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A Postfix of its own on a free loopback port, which takes mail for anybody and throws it away. */
export interface Postfix {
  readonly port: number;
  /** Recipients of the mails it has dealt with, in order. */
  delivered(): string[];
  log(): string;
  stop(): Promise<void>;
}

const POSTFIX = '/usr/sbin/postfix';
const run = promisify(execFile);

/** Why there can be none here; undefined = there can. */
export function whyNoPostfix(): string | undefined {
  if (!existsSync(POSTFIX)) return 'Postfix is not installed';
  return process.getuid?.() === 0 ? undefined : 'Postfix can be started by root only';
}

/** Readers whose address begins with "refused" are unknown to it. */
export async function startPostfix(settings: readonly string[] = []): Promise<Postfix> {
  const folder = await mkdtemp(join(tmpdir(), 'partwork-postfix-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  for (const name of ['queue', 'data']) await mkdir(join(folder, name));
  await chown(join(folder, 'data'), idOf('-u'), idOf('-g'));
  await writeFile(join(folder, 'main.cf'), mainOf(folder, settings));
  await writeFile(join(folder, 'master.cf'), masterOf(port));
  await writeFile(join(folder, 'refused'), '/^refused/ 550 5.1.1 no such reader\n');
  await run(POSTFIX, ['-c', folder, 'start']);
  const log = (): string =>
    existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '';
  return {
    port,
    log,
    delivered: () => [...log().matchAll(/to=<([^>]*)>.*status=sent/g)].map(([, to]) => to ?? ''),
    async stop() {
      await run(POSTFIX, ['-c', folder, 'stop']);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const idOf = (flag: '-u' | '-g'): number => Number(execFileSync('id', [flag, 'postfix']).toString());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const mainOf = (folder: string, settings: readonly string[]): string =>
  [
    'compatibility_level = 3.6',
    `queue_directory = ${folder}/queue`,
    `data_directory = ${folder}/data`,
    `maillog_file = ${folder}/log`,
    `maillog_file_prefixes = ${folder}`,
    'myhostname = mx.example.com',
    'mydestination =',
    'mynetworks = 127.0.0.0/8',
    'inet_interfaces = 127.0.0.1',
    'inet_protocols = ipv4',
    'default_transport = discard:',
    'alias_maps =',
    'local_recipient_maps =',
    'smtpd_tls_security_level = none',
    `smtpd_recipient_restrictions = check_recipient_access regexp:${folder}/refused, permit_mynetworks, reject`,
    ...settings,
    '',
  ].join('\n');

const masterOf = (port: number): string =>
  [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'discard unix - - n - - discard',
    'proxymap unix - - n - - proxymap',
    'anvil unix - - n - 1 anvil',
    'postlog unix-dgram n - n - 1 postlogd',
    '',
  ].join('\n');
