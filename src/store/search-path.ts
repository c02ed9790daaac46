/** Options for a child process that is looked up on `path`, written as PATH is, or on the process' own PATH. */
export const searching = (path: string | undefined): { env?: { PATH: string } } =>
  path === undefined ? {} : { env: { PATH: path } };
