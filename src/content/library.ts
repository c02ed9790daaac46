import { realpath, stat } from 'node:fs/promises';
import { loadShelf, type Shelf } from './load-shelf.ts';

/** The content folder and the folders of posts that its series name, each read once. */
export interface Library {
  readonly root: Shelf;
  /** The shelf at an absolute path; undefined when there is no folder. */
  shelfAt(folder: string): Promise<Shelf | undefined>;
}

/** Undefined when `root`, an absolute path, is no folder. */
export async function openLibrary(root: string): Promise<Library | undefined> {
  const shelves = new Map<string, Promise<Shelf>>();
  const shelfAt = async (folder: string): Promise<Shelf | undefined> => {
    const path = await folderAt(folder);
    if (path === undefined) return undefined;
    const shelf = shelves.get(path) ?? loadShelf(folder);
    shelves.set(path, shelf);
    return shelf;
  };
  const shelf = await shelfAt(root);
  return shelf && { root: shelf, shelfAt };
}

async function folderAt(folder: string): Promise<string | undefined> {
  try {
    return (await stat(folder)).isDirectory() ? await realpath(folder) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}
