import type { Nodes } from 'hast';
import type { ImageLabel } from '../article/resolve-links.ts';

/** What a block of text is written into: so many columns, and the way to write the blocks inside it. */
export interface TextRoom {
  readonly width: number;
  readonly imageLabel: ImageLabel;
  /** Each block of a run of nodes, its lines joined by newlines; inline nodes that stand together make one paragraph. */
  readonly blocksOf: (nodes: readonly Nodes[], room: TextRoom) => string[];
}

/** The room left beside an indent of `columns`. */
export const narrower = (room: TextRoom, columns: number): TextRoom => ({
  ...room,
  width: room.width - columns,
});
