import type { Terminal } from '../../src/cli/terminal.ts';
import { buildProgram } from '../../src/cli/program.ts';
import type { Ran, Workplace } from './partwork.ts';

/**
 * A command run in a workplace by this process: everything of it but `main.ts`, a dozen times as quick. For what a command says and does;
 * that a process ends with its exit code, and what commander says of wrong words, takes `Workplace.run`. One at a time.
 */
export async function runHere({ folder, env }: Workplace, ...args: string[]): Promise<Ran> {
  const [home, ours] = [process.cwd(), { ...process.env }];
  const said = { stdout: '', stderr: '' };
  let code: number | null = null;
  process.chdir(folder);
  setEnvironment({ PATH: ours['PATH'] ?? '', ...env });
  try {
    const program = buildProgram(terminalInto(said), '0.0.0', (exitCode) => (code = exitCode));
    await program.parseAsync(args, { from: 'user' });
  } finally {
    process.chdir(home);
    setEnvironment(ours);
  }
  return { code, ...said };
}

function terminalInto(said: { stdout: string; stderr: string }): Terminal {
  return {
    isInteractive: false,
    print: (line) => void (said.stdout += `${line}\n`),
    say: (line) => void (said.stderr += `${line}\n`),
    style: (_, text) => text,
    paper: () => ({ columns: 80, blocks: false }),
    progress: () => undefined,
    confirm: () => Promise.reject(new Error('Nobody is asked off a terminal.')),
    endAtOnce: (exitCode) => {
      throw new Error(`The process would have ended at once with ${exitCode}.`);
    },
  };
}

function setEnvironment(wanted: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in wanted)) delete process.env[name];
  Object.assign(process.env, wanted);
}
