/** An expected failure of a whole command: what happened, what to do, and the exit code that tells a script which kind. */
export interface Refusal {
  readonly message: string;
  readonly fix: string;
  readonly exitCode: ExitCode;
}

/** Stable: scripts rely on them (69 and 78 are EX_UNAVAILABLE and EX_CONFIG of sysexits.h). */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  content: 3,
  refused: 5,
  unavailable: 69,
  configuration: 78,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'exitCode' in value && 'fix' in value;
