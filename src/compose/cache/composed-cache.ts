import type { ImageFile } from '../../domain/image-file.ts';
import type { RenderResult } from '../render-issue.ts';

/** What came of composing an issue, and what was found on this machine while it was composed. */
export interface ComposedEntry {
  /** The answer to each image address that was asked for; null when there was no file. */
  readonly images: readonly (readonly [url: string, file: ImageFile | null])[];
  readonly result: RenderResult;
}

/** Keeps what was composed, under a digest of all it was composed from. It may forget, and never fails. */
export interface ComposedCache {
  readonly get: (key: string) => Promise<ComposedEntry | undefined>;
  readonly set: (key: string, entry: ComposedEntry) => Promise<void>;
}
