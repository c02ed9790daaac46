/** What stands in `{: #id .class key="value" name}` (Kramdown) or `{#id .class key=value}` (Goldmark, Pandoc). */
export interface AttributeList {
  /** Kramdown's begin with a colon and are never meant to be read; the others may be mere text. */
  readonly flavour: 'kramdown' | 'pandoc';
  /** Set when the list is defined here, to be used by its name elsewhere: `{:name: .class}`. */
  readonly defines?: string;
  readonly id?: string;
  readonly classes: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** Names of lists defined elsewhere, and Kramdown's own words (`toc`, `no_toc`). */
  readonly names: readonly string[];
}

const ITEM =
  /^(?:#(?<id>[^\s{}#.="',;]+)|(?<classes>(?:\.[^\s{}#.="',;]+)+)|(?<key>[a-zA-Z_:@][\w:.@-]*)=(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s{}"']+))|(?<name>[a-zA-Z_][\w-]*))(?=\s|$|[#.])/;

/** An attribute list in its braces → what it says; undefined when it is none. */
export function readAttributeList(source: string): AttributeList | undefined {
  const [, colon, defines, inside = ''] =
    /^\{(:?)(?:([a-zA-Z_][\w-]*):(?=\s|\}))?(.*)\}$/s.exec(source) ?? [];
  if (colon === undefined || (colon === '' && defines !== undefined)) return undefined;
  const list = { id: undefined as string | undefined, classes: [] as string[], names: [] as string[] };
  const attributes: Record<string, string> = Object.create(null);

  for (let rest = inside.trim(); rest !== '';) {
    const item = ITEM.exec(rest);
    if (item?.groups === undefined) return undefined;
    const { id, classes, key, double, single, bare, name } = item.groups;
    if (id !== undefined) list.id = id;
    if (classes !== undefined) list.classes.push(...classes.slice(1).split('.'));
    if (key !== undefined) attributes[key.toLowerCase()] = double ?? single ?? bare ?? '';
    if (name !== undefined) list.names.push(name);
    rest = rest.slice(item[0].length).trimStart();
  }
  return settled({ ...list, attributes }, colon, defines);
}

function settled(
  {
    id,
    ...found
  }: { id: string | undefined; classes: string[]; names: string[]; attributes: Record<string, string> },
  colon: string,
  defines: string | undefined,
): AttributeList | undefined {
  // `{a}` in a text is a set with one member.
  if (colon === '' && found.names.length > 0) return undefined;
  const { class: more = '', id: named, ...attributes } = found.attributes;
  const classes = [...found.classes, ...more.split(/\s+/).filter((name) => name !== '')];
  const anchor = id ?? named;
  const isEmpty = anchor === undefined && classes.length + Object.keys(attributes).length === 0;
  if (isEmpty && found.names.length === 0 && (colon === '' || defines === undefined)) return undefined;
  return {
    flavour: colon === '' ? 'pandoc' : 'kramdown',
    ...(defines === undefined ? {} : { defines }),
    ...(anchor === undefined ? {} : { id: anchor }),
    classes,
    attributes,
    names: found.names,
  };
}
