/** A value that TOML can hold. */
export type Tree = string | number | boolean | { readonly date: string } | readonly Tree[] | Table;
export interface Table {
  readonly table: readonly (readonly [key: string, value: Tree])[];
}

/** Makes the choices that TOML leaves: the next of 0 to n - 1. */
export type Choose = (n: number) => number;

/** The lines of a TOML document that means this, in one of the many ways to write it. */
export function tomlLines(root: Table, choose: Choose): string[] {
  return tableLines(root, [], choose);
}

/** As a parser without lines would give it. */
export function meaning(tree: Tree): unknown {
  if (typeof tree !== 'object') return tree;
  if ('date' in tree) return tree.date;
  if ('table' in tree) return Object.fromEntries(tree.table.map(([key, value]) => [key, meaning(value)]));
  return tree.map(meaning);
}

const isTable = (tree: Tree): tree is Table => typeof tree === 'object' && 'table' in tree;

const isListOfTables = (tree: Tree): tree is readonly Table[] =>
  Array.isArray(tree) && tree.length > 0 && tree.every(isTable);

/** What stands in a table comes before the tables inside it, which have headers of their own. */
function tableLines({ table }: Table, path: readonly string[], choose: Choose): string[] {
  const own: string[] = [];
  const below: string[] = [];
  for (const [key, value] of table) {
    const name = keyText(key, choose);
    const whole = [...path, name];
    if (isTable(value) && choose(3) > 0)
      below.push(`[${dotted(whole, choose)}]`, ...tableLines(value, whole, choose));
    else if (isListOfTables(value) && choose(2) > 0)
      below.push(
        ...value.flatMap((one) => [`[[${dotted(whole, choose)}]]`, ...tableLines(one, whole, choose)]),
      );
    else if (isTable(value) && value.table.length > 0 && choose(2) > 0)
      own.push(...value.table.flatMap(([inner, v]) => pair(`${name}.${keyText(inner, choose)}`, v, choose)));
    else own.push(...pair(name, value, choose));
    if (choose(4) === 0) own.push('', '# key = "in a comment"');
  }
  return [...own, ...below];
}

const pair = (name: string, value: Tree, choose: Choose): string[] =>
  `${name}${choose(2) === 0 ? ' = ' : '='}${valueText(value, choose)}${choose(4) === 0 ? ' # x' : ''}`.split(
    '\n',
  );

const dotted = (names: readonly string[], choose: Choose): string =>
  names.join(choose(3) === 0 ? ' . ' : '.');

function keyText(key: string, choose: Choose): string {
  if (/^[\w-]+$/.test(key) && choose(4) > 0) return key;
  return choose(2) === 0 && /^[^'\p{Cc}]*$/u.test(key) ? `'${key}'` : basic(key);
}

function valueText(value: Tree, choose: Choose): string {
  if (typeof value === 'string') return stringText(value, choose);
  if (typeof value !== 'object') return Object.is(value, -0) ? '-0.0' : String(value);
  if ('date' in value) return value.date;
  if (isTable(value)) {
    const fields = value.table.map(([key, inner]) => `${keyText(key, choose)} = ${valueText(inner, choose)}`);
    return `{ ${fields.join(', ')} }`;
  }
  const items = value.map((item) => valueText(item, choose));
  return choose(2) === 0
    ? `[${items.join(', ')}]`
    : `[\n  # key = [\n  ${items.map((i) => `${i},`).join('\n  ')}\n]`;
}

function stringText(value: string, choose: Choose): string {
  const isPlain = /^[^\p{Cc}\u2028\u2029]*$/u.test(value.replaceAll('\n', ''));
  const style = isPlain ? choose(4) : 0;
  if (style === 1 && !/['\n]/.test(value)) return `'${value}'`;
  if (style === 2 && !value.includes("'")) return `'''\n${value}'''`;
  if (style === 3)
    return `"""\n${value
      .replaceAll('\\', '\\\\')
      .replaceAll('"""', '""\\"')
      .replace(/(?<!\\)"$/, '\\"')}"""`;
  return basic(value);
}

/** JSON's escapes are TOML's, but for two signs that TOML wants escaped. */
const basic = (text: string): string => JSON.stringify(text).replaceAll('\u007f', '\\u007f');
