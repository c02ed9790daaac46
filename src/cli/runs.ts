type Run = (...args: never[]) => Promise<number>;

/** Makes an action of a command: `load` imports what it does when it runs, so that `--help` answers at once. */
export type Runs = (load: () => Promise<Run>) => (...args: unknown[]) => Promise<void>;
