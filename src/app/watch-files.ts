import { watch, type FSWatcher } from 'chokidar';
import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, sep } from 'node:path';

export interface WatchOptions {
  /** Absolute paths of files and folders; those that are not there yet are waited for. */
  readonly paths: readonly string[];
  /** Absolute paths below them that nobody wants to hear of. */
  readonly except?: readonly string[];
  /** Told once for a burst of changes, with the absolute paths that changed. */
  readonly onChange: (paths: readonly string[]) => void;
  /** The system gives no more watches, or a folder may not be read: changes there will go unheard. */
  readonly onError: (error: Error) => void;
}

export interface FileWatch {
  close(): Promise<void>;
}

/** chokidar swallows a second change of a file within 50 ms, so a file must not be read earlier than that. */
const QUIET_MS = 60;
/** Where something is written all the time, changes are told all the same. */
const LONGEST_WAIT_MS = 400;

const NEVER_ENTERED = /^(?:\.(?:git|hg|svn|partwork|idea|vscode|obsidian|DS_Store)|node_modules)$/;
/** What editors put beside the file they are saving. */
const OF_EDITORS = /^(?:\.?#.*|4913)$|~$|\.(?:sw[a-z]|tmp|crswap)$/;

/** Watches files and folders, also through saves that write another file and rename it. Resolves when it hears changes. */
export async function watchFiles({
  paths,
  except = [],
  onChange,
  onError,
}: WatchOptions): Promise<FileWatch> {
  const isOfInterest = (path: string): boolean => paths.some((one) => isInside(one, path));
  const leadsToInterest = (path: string): boolean => paths.some((one) => isInside(path, one));
  const isIgnored = (path: string): boolean =>
    NEVER_ENTERED.test(basename(path)) ||
    OF_EDITORS.test(basename(path)) ||
    except.some((one) => isInside(one, path)) ||
    !(isOfInterest(path) || leadsToInterest(path));

  const burst = new Burst(onChange);
  // From the folder above, so that what is removed or not there yet is seen when it comes.
  const folders = outermost(paths.map((path) => nearestFolder(dirname(path))));
  const watcher = watch(folders, { ignored: isIgnored, ignoreInitial: true, atomic: QUIET_MS });
  watcher.on('all', (_event, path) => {
    if (isOfInterest(path)) burst.note(path);
  });
  watcher.on('error', (error) => onError(error instanceof Error ? error : new Error(String(error))));
  await isReady(watcher);
  return {
    async close() {
      burst.end();
      await watcher.close();
    },
  };
}

const isReady = (watcher: FSWatcher): Promise<void> =>
  new Promise((resolve) => void watcher.once('ready', resolve));

/** Whether a path is that folder or file, or below it. */
function isInside(outer: string, path: string): boolean {
  const way = relative(outer, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const outermost = (folders: readonly string[]): string[] =>
  [...new Set(folders)].filter(
    (folder) => !folders.some((other) => other !== folder && isInside(other, folder)),
  );

function nearestFolder(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder || dirname(path) === path ? path : nearestFolder(dirname(path));
}

/** Changes that come close together, told as one. */
class Burst {
  readonly #paths = new Set<string>();
  readonly #tell: (paths: readonly string[]) => void;
  #timer: NodeJS.Timeout | undefined;
  #began = 0;

  constructor(tell: (paths: readonly string[]) => void) {
    this.#tell = tell;
  }

  note(path: string): void {
    if (this.#paths.size === 0) this.#began = performance.now();
    this.#paths.add(path);
    clearTimeout(this.#timer);
    const left = LONGEST_WAIT_MS - (performance.now() - this.#began);
    this.#timer = setTimeout(() => this.#flush(), Math.max(0, Math.min(QUIET_MS, left)));
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #flush(): void {
    const paths = [...this.#paths];
    this.#paths.clear();
    this.#tell(paths);
  }
}
