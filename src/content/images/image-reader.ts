import { realpathSync, statSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ImageFile } from '../../domain/image-file.ts';
import { promisedFormat } from './image-extension.ts';
import { insideOf } from './inside-of.ts';
import { imageFormatOf } from './image-format-of.ts';
import { imageSizeOf } from './image-size-of.ts';

const LONGEST_HEAD = 512 * 1024;

/** Reads the beginnings of image files; each once, and again after it has changed. */
export class ImageReader {
  private readonly known = new Map<string, ImageFile>();

  /** Undefined for what is no image file, or lies in none of these folders once symbolic links are followed. */
  async read(path: string, folders: readonly string[]): Promise<ImageFile | undefined> {
    const found = realFile(path, folders);
    if (found === undefined) return undefined;
    const { real, stats } = found;
    const before = this.known.get(real);
    if (before?.bytes === stats.size && before.changedAt === stats.mtimeMs) return before;

    const head = await headOf(real, Math.min(stats.size, LONGEST_HEAD));
    const format = imageFormatOf(head) ?? promisedFormat(real) ?? 'other';
    const file: ImageFile = {
      path: real,
      bytes: stats.size,
      changedAt: stats.mtimeMs,
      format,
      ...imageSizeOf(head, format),
    };
    this.known.set(real, file);
    return file;
  }
}

function realFile(path: string, folders: readonly string[]): { real: string; stats: Stats } | undefined {
  try {
    const real = realpathSync.native(path);
    const stats = statSync(real);
    if (!stats.isFile() || promisedFormat(real) === undefined) return undefined;
    return folders.some((folder) => isOpenlyInside(folder, real)) ? { real, stats } : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}

function isOpenlyInside(folder: string, real: string): boolean {
  const way = insideOf(realpathSync.native(folder), real);
  return way !== undefined && !way.some((name) => name.startsWith('.'));
}

/** Empty when this account may not read the file: that it is there is known all the same. */
async function headOf(path: string, bytes: number): Promise<Buffer> {
  try {
    const handle = await open(path);
    try {
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(bytes), position: 0 });
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return Buffer.alloc(0);
  }
}
