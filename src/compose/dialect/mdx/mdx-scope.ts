import type { Program, Statement, ModuleDeclaration, Directive } from 'estree';
import type { Root } from 'mdast';
import { valueOf } from './expression-value.ts';

/** What the names in an MDX post stand for, as far as it can be known without running anything. */
export interface MdxScope {
  /** Text by name: `import hero from './hero.png'` gives the path, `export const year = 2026` the value. */
  readonly names: ReadonlyMap<string, string>;
  /** The front matter's scalars by lower-cased key. */
  readonly params: Readonly<Record<string, string>>;
}

type TopLevel = Directive | Statement | ModuleDeclaration;

/** Adds the names that a post, or a part of it, imports and exports. */
export function addNames(names: Map<string, string>, tree: Root, params: MdxScope['params']): void {
  for (const node of tree.children) {
    if (node.type !== 'mdxjsEsm') continue;
    const program: Program | null | undefined = node.data?.estree;
    for (const statement of program?.body ?? []) {
      for (const [name, value] of [...imported(statement), ...exported(statement, { names, params })]) {
        names.set(name, value);
      }
    }
  }
}

function imported(statement: TopLevel): [string, string][] {
  if (statement.type !== 'ImportDeclaration') return [];
  const path = statement.source.value;
  if (typeof path !== 'string') return [];
  return statement.specifiers
    .filter(({ type }) => type === 'ImportDefaultSpecifier')
    .map(({ local }) => [local.name, path]);
}

function exported(statement: TopLevel, scope: MdxScope): [string, string][] {
  if (statement.type !== 'ExportNamedDeclaration') return [];
  if (statement.declaration?.type !== 'VariableDeclaration') return [];
  return statement.declaration.declarations.flatMap(({ id, init }): [string, string][] => {
    const value = init === null || init === undefined ? undefined : valueOf(init, scope);
    return id.type === 'Identifier' && value !== undefined ? [[id.name, value]] : [];
  });
}
