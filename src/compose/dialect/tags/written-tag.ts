import type { TemplateTag } from '../template-tag.ts';

/** From where to where in a text; `end` is the offset after the last character. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * What a stretch of a post is to a generator. `unclosed` = a tag without its end; `shown` = Hugo's own way to show a tag without running
 * it; `hidden` = a comment of the template language.
 */
export type Role = 'opens' | 'closes' | 'unclosed' | 'shown' | 'hidden' | 'formula';

/** A tag as it stands in a text, or a formula, which has to be kept from Markdown too. */
export interface WrittenTag extends Stretch {
  readonly role: Role;
  readonly syntax: TemplateTag['syntax'];
  readonly name: string;
  readonly positional: readonly string[];
  readonly named: Readonly<Record<string, string>>;
  /** In what looks like code; such a tag is never one of a pair. */
  readonly isInCode: boolean;
  /** Colons of a directive's fence. */
  readonly width?: number;
  /** Cannot have a closing tag, as its generator would know by `/>}}`. */
  readonly isAlone?: boolean;
  /** Of a formula, and of a tag whose inside is not Markdown: up to its own closing tag. */
  readonly inner?: Stretch;
}

const NONE: Readonly<Record<string, string>> = Object.freeze({});

export const writtenTag = (
  given: Pick<WrittenTag, 'role' | 'syntax' | 'start' | 'end'> & Partial<WrittenTag>,
): WrittenTag => ({ name: '', positional: [], named: NONE, isInCode: false, ...given });
