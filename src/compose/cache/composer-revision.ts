import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownTemplatesFolder } from '../template/own-templates-folder.ts';

let revision: Promise<string> | undefined;

/**
 * A digest of the composer itself: its code, the versions of the packages it is built on, and of what Node brings (dates and characters are
 * ICU's). Nobody has to remember to raise a number.
 */
export const composerRevision = (): Promise<string> => (revision ??= takeRevision());

async function takeRevision(): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(process.versions));
  for (const file of await codeFiles()) hash.update(await readFile(file));
  for (const version of await packageVersions()) hash.update(version);
  return hash.digest('hex');
}

/** The composer and the nouns it works on. */
async function codeFiles(): Promise<string[]> {
  const compose = dirname(dirname(fileURLToPath(import.meta.url)));
  const rooms = [compose, join(dirname(compose), 'domain')];
  const entries = await Promise.all(
    rooms.map((room) => readdir(room, { recursive: true, withFileTypes: true })),
  );
  return entries
    .flat()
    .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function packageVersions(): Promise<string[]> {
  const home = dirname(ownTemplatesFolder());
  const own = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as PackageJson;
  const names = Object.keys(own.dependencies ?? {});
  return Promise.all(names.map(async (name) => `${name}@${(await versionOf(name, home)) ?? '?'}`));
}

interface PackageJson {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** As Node finds packages: in the nearest `node_modules` upwards. */
async function versionOf(name: string, folder: string): Promise<string | undefined> {
  try {
    const file = join(folder, 'node_modules', name, 'package.json');
    return (JSON.parse(await readFile(file, 'utf8')) as PackageJson).version;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return folder === dirname(folder) ? undefined : versionOf(name, dirname(folder));
  }
}
