import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Names as asked for → as they stand on the disk: macOS and some tools write `é` as two characters. */
export type Names = ReadonlyMap<string, string>;

const NO_NAMES: Names = new Map();
// A file may be added in the same tick of the file system's clock in which its folder was listed.
const SETTLED_MS = 2_000;

/**
 * Folders as they are on the disk; each is listed once, and again after it has changed. To see whether it has takes some microseconds
 * each time, many times less than to ask without waiting.
 */
export class FolderTree {
  private readonly listings = new Map<string, { readonly changedAt: number; readonly names: Names }>();

  /** The path of what these names lead to from a folder, in either Unicode form. Hidden files and folders are never found. */
  find(folder: string, names: readonly string[]): string | undefined {
    let path = folder;
    for (const name of names) {
      const inside = this.namesIn(path);
      const found = inside.get(name) ?? inside.get(name.normalize('NFC'));
      if (found === undefined || found.startsWith('.')) return undefined;
      path = join(path, found);
    }
    return path;
  }

  /** None when there is no such folder, or this account may not list it. */
  namesIn(folder: string): Names {
    try {
      const stats = statSync(folder, { throwIfNoEntry: false });
      if (stats?.isDirectory() !== true) return NO_NAMES;
      const { mtimeMs: changedAt } = stats;
      const known = this.listings.get(folder);
      if (known?.changedAt === changedAt) return known.names;

      const names = asAskedFor(readdirSync(folder));
      if (Date.now() - changedAt > SETTLED_MS) this.listings.set(folder, { changedAt, names });
      return names;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      return NO_NAMES;
    }
  }
}

function asAskedFor(names: readonly string[]): Names {
  const composed = names.map((name) => [name.normalize('NFC'), name] as const);
  return new Map([...composed, ...names.map((name) => [name, name] as const)]);
}
