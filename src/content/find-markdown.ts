import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Dirent } from 'node:fs';
import type { Problem } from '../domain/problem.ts';
import { displayPath } from './display-path.ts';
import { isMarkdown } from './post-name.ts';
import type { MarkdownFile } from './post.ts';

export interface FoundMarkdown {
  readonly files: readonly MarkdownFile[];
  readonly problems: readonly Problem[];
}

const MOST_ENTRIES = 100_000;
const NEVER_ENTERED = /^(?:\.|node_modules$)/;

/**
 * Every Markdown file below a folder, sorted by place. Dot folders and `node_modules` are passed over; symbolic links are followed
 * as long as they stay inside, each folder once. `folder` must be an existing folder, absolute.
 */
export async function findMarkdown(folder: string): Promise<FoundMarkdown> {
  const search = new Search(folder, await realpath(folder));
  await search.run();
  search.files.sort((a, b) => (a.place < b.place ? -1 : 1));
  return search;
}

class Search implements FoundMarkdown {
  readonly files: MarkdownFile[] = [];
  readonly problems: Problem[] = [];
  private readonly folder: string;
  private readonly realFolder: string;
  private readonly seen = new Set<string>();
  private readonly pending: { place: string; path: string }[];
  private entries = 0;

  constructor(folder: string, realFolder: string) {
    this.folder = folder;
    this.realFolder = realFolder;
    this.pending = [{ place: '', path: realFolder }];
  }

  async run(): Promise<void> {
    for (let next = this.pending.shift(); next !== undefined; next = this.pending.shift()) {
      if (this.seen.has(next.path)) continue;
      this.seen.add(next.path);
      await this.enter(next.place, next.path);
      if (this.entries > MOST_ENTRIES) {
        this.warn(
          '',
          `has over ${MOST_ENTRIES} files; the rest is not read.`,
          'Name a folder with only the posts.',
        );
        return;
      }
    }
  }

  private async enter(place: string, path: string): Promise<void> {
    const entries = await this.list(place, path);
    this.entries += entries.length;
    for (const entry of entries) {
      const inside = place === '' ? entry.name : `${place}/${entry.name}`;
      if (NEVER_ENTERED.test(entry.name)) continue;
      if (entry.isSymbolicLink()) await this.follow(inside, join(path, entry.name));
      else this.note(inside, join(path, entry.name), entry);
    }
  }

  private async list(place: string, path: string): Promise<Dirent[]> {
    try {
      return await readdir(path, { withFileTypes: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      this.warn(place, `cannot be read (${code}).`);
      return [];
    }
  }

  private async follow(place: string, link: string): Promise<void> {
    const target = await realpath(link).catch(() => undefined);
    const kind = target === undefined ? undefined : await stat(target).catch(() => undefined);
    if (target === undefined || kind === undefined) return this.warnOfLink(place, 'leads nowhere.');
    if (`${target}${sep}`.startsWith(this.realFolder + sep)) return this.note(place, target, kind);
    if (kind.isDirectory() || isMarkdown(place)) {
      this.warnOfLink(
        place,
        'leads out of the folder and is not followed.',
        'Name its target under `issues:` or `posts:`.',
      );
    }
  }

  private note(place: string, path: string, kind: Pick<Dirent, 'isFile' | 'isDirectory'>): void {
    if (kind.isDirectory()) this.pending.push({ place, path });
    if (!kind.isFile() || !isMarkdown(path) || this.seen.has(path)) return;
    this.seen.add(path);
    this.files.push({ path, place: place.normalize('NFC'), file: displayPath(join(this.folder, place)) });
  }

  private warnOfLink(place: string, message: string, fix?: string): void {
    if (place.includes('.') && !isMarkdown(place)) return;
    this.warn(place, `is a symbolic link that ${message}`, fix);
  }

  private warn(place: string, message: string, fix?: string): void {
    const file = displayPath(join(this.folder, place));
    this.problems.push({
      severity: 'warning',
      file,
      message: `This ${message}`,
      ...(fix === undefined ? {} : { fix }),
    });
  }
}
