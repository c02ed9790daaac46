import { join, relative, resolve } from 'node:path';
import { findShownImage } from '../../actions/find-shown-image.ts';
import { ContentPreview } from '../../actions/preview-content.ts';
import { openStudio, type Studio } from '../../app/studio.ts';
import { watchFiles, type FileWatch } from '../../app/watch-files.ts';
import { loadConfig, type Config } from '../../config.ts';
import type { ImageFile } from '../../domain/image-file.ts';
import type { Issue } from '../../domain/issue.ts';
import type { Problem } from '../../domain/problem.ts';

export interface LiveContentOptions {
  /** Where the settings are. */
  readonly folder: string;
  readonly config: Config;
  /** Show this series and no other. */
  readonly only?: string;
  readonly withDrafts: boolean;
  /** Told of what should not happen; the preview goes on. */
  readonly onBug: (error: unknown) => void;
  /** Told when changes of files cannot be heard. */
  readonly onDeaf: (error: Error) => void;
}

const SETTINGS_FILES = ['partwork.yaml', '.env'];

/** Content, templates and settings of a folder, read again whenever one of their files is saved. */
export class LiveContent {
  readonly preview: ContentPreview;
  readonly #options: LiveContentOptions;
  #studio: Studio;
  /** Of the settings; until they are mended the studio is that of before. */
  #faults: readonly Problem[] = [];
  #watch: FileWatch | undefined;
  #watched = '';
  /** What is shown and lies outside the folders: posts and images of a blog next door. */
  readonly #farFiles = new Set<string>();
  #opening: Promise<void> = Promise.resolve();

  constructor(options: LiveContentOptions) {
    this.#options = options;
    this.#studio = openStudio(options.config);
    const { only, withDrafts, onBug } = options;
    this.preview = new ContentPreview({
      openStudio: () => (this.#faults.length > 0 ? this.#faults : this.#studio),
      onBug,
      withDrafts,
      ...(only !== undefined && { only }),
    });
  }

  /** Resolves when the content has been read and changes are heard. */
  async open(): Promise<void> {
    await this.#watchFiles();
    await this.preview.reload('all');
    this.#noteFarPosts();
    await this.#opening;
  }

  /** Folders and files that are watched, as the writer knows them. */
  get watched(): string[] {
    const { contentFolder, templatesFolder } = this.#studio.config;
    const folders = [contentFolder, templatesFolder].map(
      (path) => relative(this.#options.folder, path) || '.',
    );
    return [...folders.map((path) => `${path}/`), ...SETTINGS_FILES];
  }

  /** The file of an image by its address in the mail; it is watched from then on. */
  async findImage(issue: Issue, url: string): Promise<ImageFile | undefined> {
    const { config, findImage } = this.#studio;
    const file = await findShownImage(findImage, issue, url, config.siteUrl);
    if (file !== undefined) this.#noteFar([file.path]);
    return file;
  }

  async close(): Promise<void> {
    await this.preview.close();
    await this.#opening;
    await this.#watch?.close();
  }

  async #changed(paths: readonly string[]): Promise<void> {
    const arePosts = paths.every((path) => /\.(?:md|mdx|markdown)$/i.test(path));
    if (!arePosts) {
      this.#readSettings();
      // Before reading, or what is saved in between would be missed.
      await this.#watchFiles();
    }
    await this.preview.reload(arePosts ? 'posts' : 'all');
    this.#noteFarPosts();
  }

  #readSettings(): void {
    const config = loadConfig(this.#options.folder);
    this.#faults = Array.isArray(config) ? config : [];
    if (!Array.isArray(config)) this.#studio = openStudio(config);
  }

  #noteFarPosts(): void {
    const { series } = this.preview.overview();
    this.#noteFar(series.flatMap(({ issues }) => issues.map(({ file }) => resolve(file))));
  }

  #noteFar(paths: readonly string[]): void {
    const { contentFolder, templatesFolder } = this.#studio.config;
    const isFar = (path: string) =>
      [contentFolder, templatesFolder].every((folder) => relative(folder, path).startsWith('..'));
    const unknown = paths.filter((path) => isFar(path) && !this.#farFiles.has(path));
    if (unknown.length === 0) return;
    for (const path of unknown) this.#farFiles.add(path);
    void this.#watchFiles().then(() => this.preview.reload('posts'));
  }

  #watchFiles(): Promise<void> {
    this.#opening = this.#opening.then(() => this.#openWatch()).catch(this.#options.onBug);
    return this.#opening;
  }

  async #openWatch(): Promise<void> {
    const { folder, onDeaf, onBug } = this.#options;
    const { contentFolder, templatesFolder, dataFolder } = this.#studio.config;
    const settings = SETTINGS_FILES.map((name) => join(folder, name));
    const paths = [contentFolder, templatesFolder, ...settings, ...this.#farFiles];
    const wanted = JSON.stringify([paths, dataFolder]);
    if (wanted === this.#watched) return;
    this.#watched = wanted;
    const before = this.#watch;
    const onChange = (changed: readonly string[]) => void this.#changed(changed).catch(onBug);
    this.#watch = await watchFiles({ paths, except: [dataFolder], onChange, onError: onDeaf });
    await before?.close();
  }
}
