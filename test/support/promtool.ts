import { spawnSync } from 'node:child_process';

/** Prometheus' own checker, where it is installed (`apt-get install prometheus`). */
export const hasPromtool = spawnSync('promtool', ['--version']).error === undefined;

/** Runs it, and returns its exit code and all that it said. */
export function promtool(
  args: readonly string[],
  input = '',
): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' });
  return { code: status, said: stdout + stderr };
}
