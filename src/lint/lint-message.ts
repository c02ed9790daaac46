import { toldOnce, type Problem } from '../domain/problem.ts';
import type { LintContext } from './lint-context.ts';
import { readMessage } from './message/read-message.ts';
import { placeOf } from './place-of.ts';
import { RULES } from './rules.ts';

/**
 * Reads a message as a stranger would, byte by byte and by parsers that had no part in making it, and tells everything that is
 * wrong with it, where the writer can mend it. A problem's `rule` is the name of the rule that found it.
 */
export async function lintMessage(bytes: Uint8Array, context: LintContext): Promise<Problem[]> {
  const message = await readMessage(bytes);
  const problems = RULES.flatMap(({ name, severity, check }) =>
    check(message, context).map((finding): Problem => ({
      severity: finding.severity ?? severity,
      ...placeOf(finding, context),
      rule: name,
      message: finding.message,
      fix: finding.fix,
    })),
  );
  return toldOnce(problems);
}
