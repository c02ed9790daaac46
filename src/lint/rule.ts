import type { IssueField } from '../domain/issue.ts';
import type { Problem } from '../domain/problem.ts';
import type { LintContext } from './lint-context.ts';
import type { Message } from './message/message.ts';

/** Something wrong with a message, before it is known in which file and line to mend it. */
export interface Finding {
  /** What is wrong, one sentence that names what was found. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly fix: string;
  /** The rule's own unless given. */
  readonly severity?: Problem['severity'];
  /** Where it is to be mended: the post's body unless given. */
  readonly at?: 'body' | 'series' | 'settings' | 'template' | IssueField;
  /** Texts that lead to the line in the post, the surest first. */
  readonly seek?: readonly string[];
}

/** One thing every message must keep to. */
export interface Rule {
  /** Stable: scripts know problems by it. */
  readonly name: string;
  readonly severity: Problem['severity'];
  readonly check: (message: Message, context: LintContext) => readonly Finding[];
}
