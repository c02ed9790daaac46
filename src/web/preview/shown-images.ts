import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ImageFile } from '../../domain/image-file.ts';

export interface ServedImage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

const MOST_REMEMBERED = 5_000;
const CONTENT_TYPES: Readonly<Record<ImageFile['format'], string | undefined>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  avif: 'image/avif',
  other: undefined,
};

/** The images of mails that were shown. A request names one by its number, never by a path. */
export class ShownImages {
  readonly #files = new Map<string, ImageFile>();

  /** The address a browser gets the file from; another one once the file has changed. */
  addressOf(file: ImageFile): string {
    const id = createHash('sha256')
      .update(`${file.path}\n${file.changedAt}\n${file.bytes}`)
      .digest('hex')
      .slice(0, 24);
    this.#files.delete(id);
    this.#files.set(id, file);
    for (const oldest of this.#files.keys()) {
      if (this.#files.size <= MOST_REMEMBERED) break;
      this.#files.delete(oldest);
    }
    return `/image/${id}`;
  }

  /** Undefined when no mail has shown it, or the file is gone. */
  async read(id: string): Promise<ServedImage | undefined> {
    const file = this.#files.get(id);
    const contentType = file && CONTENT_TYPES[file.format];
    if (file === undefined || contentType === undefined) return undefined;
    try {
      return { bytes: new Uint8Array(await readFile(file.path)), contentType };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      return undefined;
    }
  }
}
