import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { shareComposed } from './share-composed.ts';

/** What is built, because that starts in half the time. */
export const MAIN = resolve('dist/src/cli/main.js');

/** False where nothing is built: `npm test` builds first. */
export const isBuilt = existsSync(MAIN);

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of a writer's, and the command run in it as the writer would. */
export interface Workplace {
  readonly folder: string;
  /** Of its commands, beside what every process needs. */
  readonly env: Readonly<Record<string, string>>;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  run(...args: string[]): Promise<Ran>;
  /** Starts a command that goes on until it is stopped. */
  start(...args: string[]): ChildProcess;
  remove(): Promise<void>;
}

/** Without `REDIS_URL` in `env` the commands use a private Redis in the folder. */
export async function openWorkplace(env: Readonly<Record<string, string>> = {}): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'partwork-cli-'));
  const settings = { HOME: folder, PORT: '0', ...env };
  const start = (...args: string[]) =>
    spawn(process.execPath, [MAIN, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    folder,
    env: settings,
    start,
    async write(files) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), text);
      }
      if (GARDEN in files) await shareComposed(join(folder, '.partwork'));
    },
    async run(...args) {
      const child = start(...args);
      const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
      const [code] = (await once(child, 'exit')) as [number | null];
      return { code, stdout: await stdout, stderr: await stderr };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Resolves when the process has said this. */
export async function said(child: ChildProcess, wanted: string): Promise<void> {
  let text = '';
  for await (const chunk of child.stderr ?? []) {
    text += String(chunk);
    if (text.includes(wanted)) return;
  }
  throw new Error(`The process ended without saying "${wanted}"; it said: ${text}`);
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

const GARDEN = 'content/garden/_index.md';

/** Two sound posts in a series. */
export const GARDEN_FILES = {
  [GARDEN]: '---\ntitle: A garden\nevery: 1d\nat: "08:00"\nfrom: Garden <garden@example.com>\n---\n',
  'content/garden/01-frost.md': '---\ntitle: Frost\n---\n\nThe first frost.\n',
  'content/garden/02-thaw.md': '---\ntitle: Thaw\n---\n\nThe thaw.\n',
};
