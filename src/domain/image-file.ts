import type { Issue } from './issue.ts';

/** An image of the blog whose file lies on this machine. */
export interface ImageFile {
  /** Absolute, symbolic links resolved. */
  readonly path: string;
  readonly bytes: number;
  /** When it was last changed: with path and size, what tells that it is still the same. */
  readonly changedAt: number;
  readonly format: 'png' | 'jpg' | 'gif' | 'webp' | 'svg' | 'avif' | 'other';
  /** In px, as it is meant to be seen (a rotated photograph is turned first); absent when the file does not say. */
  readonly width?: number;
  readonly height?: number;
}

/**
 * Finds the file behind an image address as a post has it (`frost.jpg` in the post's bundle, `/images/frost.jpg`, or the same with the
 * blog's address before it); undefined when it is elsewhere. Reads no network.
 */
export type FindImage = (issue: Issue, url: string) => Promise<ImageFile | undefined>;
