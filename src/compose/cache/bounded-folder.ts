import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface FolderLimits {
  readonly bytes: number;
  readonly files: number;
}

/** A folder of files that may go: whatever was used last longest ago is removed when there is too much. */
export interface BoundedFolder {
  /** Counts a file that has been put into it. */
  readonly noteNew: (name: string, bytes: number) => Promise<void>;
}

interface KeptFile {
  readonly name: string;
  readonly bytes: number;
  readonly usedAt: number;
}

/** When there is too much, a tenth more goes, so that not every new file removes one. */
const KEPT_SHARE = 0.9;
const HOUR_MS = 3_600_000;

/** Makes the folder, for its owner alone and unseen by Git, and counts what is in it. Files named `….tmp` are remains of crashes. */
export async function boundedFolder(folder: string, limits: FolderLimits): Promise<BoundedFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, '.gitignore'), '*\n');
  const files = new Map((await filesIn(folder)).map((file) => [file.name, file]));
  return {
    async noteNew(name, bytes) {
      files.set(name, { name, bytes, usedAt: Date.now() });
      for (const file of surplus([...files.values()], limits)) {
        files.delete(file.name);
        await rm(join(folder, file.name), { force: true });
      }
    },
  };
}

async function filesIn(folder: string): Promise<KeptFile[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  const files = (await Promise.all(names.map((name) => sized(folder, name)))).flat();
  const remains = files.filter(({ name, usedAt }) => name.endsWith('.tmp') && Date.now() - usedAt > HOUR_MS);
  for (const { name } of remains) await rm(join(folder, name), { force: true });
  return files.filter(({ name }) => !name.endsWith('.tmp'));
}

async function sized(folder: string, name: string): Promise<KeptFile[]> {
  try {
    const { size, mtimeMs } = await stat(join(folder, name));
    return [{ name, bytes: size, usedAt: mtimeMs }];
  } catch (error) {
    // Another process may have removed it meanwhile.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function surplus(files: readonly KeptFile[], limits: FolderLimits): KeptFile[] {
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= limits.bytes && files.length <= limits.files) return [];
  let count = files.length;
  const going: KeptFile[] = [];
  for (const file of files.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= limits.bytes * KEPT_SHARE && count <= limits.files * KEPT_SHARE) break;
    going.push(file);
    bytes -= file.bytes;
    count -= 1;
  }
  return going;
}
