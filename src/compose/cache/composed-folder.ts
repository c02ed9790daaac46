import { randomUUID } from 'node:crypto';
import { readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { debuglog, promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { boundedFolder, type BoundedFolder, type FolderLimits } from './bounded-folder.ts';
import type { ComposedCache, ComposedEntry } from './composed-cache.ts';

const debug = debuglog('partwork');
const packed = promisify(gzip);
const unpacked = promisify(gunzip);

const DAY_MS = 86_400_000;
/** A post takes about 10 kB, and another file whenever it changes. */
const LIMITS: FolderLimits = { bytes: 256_000_000, files: 20_000 };

/**
 * A cache in a folder, which anybody may delete at any time: a packed file for each entry. What was not used for longest goes when it
 * grows too large. A damaged file counts as none. Where nothing can be written it keeps nothing, and says so once under
 * `NODE_DEBUG=partwork`.
 */
export function composedFolder(folder: string, limits = LIMITS): ComposedCache {
  let opened: Promise<BoundedFolder> | undefined;
  let isUsable = true;
  return {
    get: (key) => readEntry(join(folder, `${key}.gz`)),
    set: async (key, entry) => {
      if (!isUsable) return;
      try {
        const bounded = await (opened ??= boundedFolder(folder, limits));
        const name = `${key}.gz`;
        await bounded.noteNew(name, await writeEntry(join(folder, name), entry));
      } catch (error) {
        if (!isFromSystem(error)) throw error;
        isUsable = false;
        debug('composed issues are not kept: %s', error.message);
      }
    },
  };
}

async function readEntry(file: string): Promise<ComposedEntry | undefined> {
  try {
    const entry: unknown = JSON.parse((await unpacked(await readFile(file))).toString());
    if (!isEntry(entry)) return undefined;
    await noteUse(file);
    return entry;
  } catch (error) {
    // zlib's errors have a code as the system's have; JSON's have none.
    if (!isFromSystem(error) && !(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** A file's time says when it was last of use, to within a day. */
async function noteUse(file: string): Promise<void> {
  const now = Date.now();
  const { mtimeMs } = await stat(file);
  if (now - mtimeMs < DAY_MS) return;
  // A folder that is only to be read still gives its entries.
  await utimes(file, now / 1_000, now / 1_000).catch((error: Error) => debug('%s: %s', file, error.message));
}

/** Another process may be reading: it finds all of the entry or nothing. Returns the bytes it takes. */
async function writeEntry(file: string, entry: ComposedEntry): Promise<number> {
  const bytes = await packed(JSON.stringify(entry), { level: 3 });
  const unfinished = `${file}.${randomUUID()}.tmp`;
  await writeFile(unfinished, bytes, { mode: 0o600 });
  await rename(unfinished, file);
  return bytes.length;
}

function isEntry(value: unknown): value is ComposedEntry {
  if (!isObject(value) || !Array.isArray(value['images']) || !isObject(value['result'])) return false;
  return Array.isArray(value['result']['problems']);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFromSystem = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';
