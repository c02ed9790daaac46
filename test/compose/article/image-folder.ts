import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import type { FindImage, ImageFile } from '../../../src/domain/image-file.ts';

export interface ImageFolder {
  /** Writes a PNG header of this size (under any name), followed by so many bytes in all. */
  readonly add: (name: string, width: number, height: number, bytes?: number) => Promise<void>;
  readonly find: FindImage;
  readonly remove: () => Promise<void>;
}

const FORMATS: Readonly<Record<string, ImageFile['format']>> = {
  '.png': 'png',
  '.jpg': 'jpg',
  '.gif': 'gif',
  '.webp': 'webp',
  '.svg': 'svg',
  '.avif': 'avif',
};

/** A folder of real files, whatever path an address gives them. */
export async function imageFolder(): Promise<ImageFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'images-'));
  return {
    add: async (name, width, height, bytes = 64) => {
      const file = Buffer.alloc(bytes);
      file.write('\x89PNG\r\n\x1a\n', 'latin1');
      file.writeUInt32BE(width, 16);
      file.writeUInt32BE(height, 20);
      await writeFile(join(folder, name), file);
    },
    find: (_, url) => fileAt(join(folder, basename(decodeURIComponent(url.replace(/[?#].*$/, ''))))),
    remove: () => rm(folder, { recursive: true }),
  };
}

async function fileAt(path: string): Promise<ImageFile | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const head = await readFile(path);
  return {
    path,
    bytes: found.size,
    changedAt: found.mtimeMs,
    format: FORMATS[extname(path)] ?? 'other',
    width: head.readUInt32BE(16),
    height: head.readUInt32BE(20),
  };
}
