export interface ImportStatement {
  /** As written; undefined when it is computed, so that nobody can tell. */
  readonly specifier: string | undefined;
  /** Gone at run time: `import type`, `export type … from`, `typeof import()`, `import().Name`. */
  readonly isType: boolean;
  /** 1-based. */
  readonly line: number;
}

// `import { type A }` is not a type import: with verbatimModuleSyntax the module is loaded all the same.
const STATIC =
  /^[ \t]*(?:import|export)\s+(?<type>type\s+)?(?:[\w$*{}\s,]+?\s+from\s*)?(['"])(?<specifier>[^'"]+)\2/gm;
const DYNAMIC =
  /(?<type>\btypeof\s+)?(?<![.\w])(?:import|require)\(\s*(?:(['"`])(?<specifier>[^'"`$]+)\2)?(?:,?\s*\)(?<named>\.[A-Z])?)?/g;
const COMMENT_OR_STRING =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;

/** Every module a source file asks for, in whatever way, in the order they stand there. */
export function importStatements(source: string): ImportStatement[] {
  const code = withoutComments(source);
  return [...code.matchAll(STATIC), ...code.matchAll(DYNAMIC)]
    .toSorted((a, b) => a.index - b.index)
    .map(({ groups, index }) => ({
      specifier: groups?.['specifier'],
      isType: groups?.['type'] !== undefined || groups?.['named'] !== undefined,
      line: lineAt(code, index),
    }));
}

/** The same text with its comments blanked, lines and columns as they were. */
export function withoutComments(source: string): string {
  return source.replace(COMMENT_OR_STRING, (part) =>
    part.startsWith('/') ? part.replace(/[^\n]/g, ' ') : part,
  );
}

export const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;
