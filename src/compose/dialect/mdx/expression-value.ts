import type {
  BinaryExpression,
  CallExpression,
  Expression,
  MemberExpression,
  Program,
  TemplateLiteral,
} from 'estree';
import type { MdxScope } from './mdx-scope.ts';

/** Functions of Docusaurus and of bundlers that are given a path and stand for it. */
const PATH_FUNCTIONS = new Set(['require', 'useBaseUrl']);

const DEEPEST = 50;

/** An expression in braces → what a page would show; '' for a comment, undefined when it would have to be run. */
export function expressionValue(program: Program | null | undefined, scope: MdxScope): string | undefined {
  const [statement] = program?.body ?? [];
  if (statement === undefined) return '';
  return statement.type === 'ExpressionStatement' ? valueOf(statement.expression, scope) : undefined;
}

/** A part of an expression → its text; undefined when it would have to be run. */
export function valueOf(expression: Expression, scope: MdxScope, depth = 0): string | undefined {
  if (depth > DEEPEST) return undefined;
  if (expression.type === 'Literal') return literalText(expression.value);
  if (expression.type === 'Identifier') return namedText(expression.name, scope);
  if (expression.type === 'TemplateLiteral') return templateText(expression, scope, depth + 1);
  if (expression.type === 'MemberExpression') return memberText(expression, scope, depth + 1);
  if (expression.type === 'CallExpression') return pathArgument(expression, scope, depth + 1);
  return expression.type === 'BinaryExpression' ? joinedText(expression, scope, depth + 1) : undefined;
}

const namedText = (name: string, { names }: MdxScope): string | undefined =>
  name === 'undefined' ? '' : names.get(name);

/** What is shown of a value: nothing for true, false and null, as React and Astro have it. */
function literalText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return value === null || typeof value === 'boolean' ? '' : undefined;
}

function templateText(
  { quasis, expressions }: TemplateLiteral,
  scope: MdxScope,
  depth: number,
): string | undefined {
  const values = expressions.map((part) => valueOf(part, scope, depth));
  if (values.includes(undefined)) return undefined;
  return quasis.map(({ value }, index) => (value.cooked ?? value.raw) + (values[index] ?? '')).join('');
}

/** `frontmatter.title`, `props.frontmatter.title`, `frontmatter["title"]`, and `hero.src` of an imported image. */
function memberText(
  { object, property, computed }: MemberExpression,
  scope: MdxScope,
  depth: number,
): string | undefined {
  const key =
    !computed && property.type === 'Identifier'
      ? property.name
      : property.type === 'Literal' && typeof property.value === 'string'
        ? property.value
        : undefined;
  if (key === undefined || object.type === 'Super') return undefined;
  if (isFrontMatter(object)) {
    const name = key.toLowerCase();
    return Object.hasOwn(scope.params, name) ? scope.params[name] : undefined;
  }
  return ['src', 'default'].includes(key) ? valueOf(object, scope, depth) : undefined;
}

function isFrontMatter(object: Expression): boolean {
  if (object.type === 'Identifier') return object.name.toLowerCase() === 'frontmatter';
  return (
    object.type === 'MemberExpression' &&
    object.property.type === 'Identifier' &&
    object.property.name.toLowerCase() === 'frontmatter'
  );
}

/** `'/images/' + name`; numbers are not added up. */
function joinedText(
  { operator, left, right }: BinaryExpression,
  scope: MdxScope,
  depth: number,
): string | undefined {
  if (operator !== '+' || left.type === 'PrivateIdentifier') return undefined;
  const [before, after] = [valueOf(left, scope, depth), valueOf(right, scope, depth)];
  const areTexts = [before, after].some((text) => text !== undefined && Number.isNaN(Number(text)));
  return before === undefined || after === undefined || !areTexts ? undefined : before + after;
}

function pathArgument(
  { callee, arguments: [path] }: CallExpression,
  scope: MdxScope,
  depth: number,
): string | undefined {
  if (callee.type !== 'Identifier' || !PATH_FUNCTIONS.has(callee.name)) return undefined;
  return path === undefined || path.type === 'SpreadElement' ? undefined : valueOf(path, scope, depth);
}
