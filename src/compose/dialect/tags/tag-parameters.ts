/** What a tag is given, by place and by lower-case name. */
export interface TagParameters {
  readonly positional: string[];
  readonly named: Record<string, string>;
}

const PARAMETER =
  /\s*(?:(?<key>[\w.:-]+)\s*(?:=|:(?=\s|["']))\s*)?(?:"(?<double>(?:[^"\\]|\\.)*)"|`(?<raw>[^`]*)`|'(?<single>(?:[^'\\]|\\.)*)'|(?<bare>[^\s"'`]\S*|\S))\s*,?/suy;

/** `a "b c" key="d" key=e`, as in Hugo's shortcodes and in includes of Jekyll, → its parts. What cannot be read ends it. */
export function tagParameters(source: string): TagParameters {
  const positional: string[] = [];
  const named: Record<string, string> = Object.create(null);
  const parameter = new RegExp(PARAMETER);
  for (let match = parameter.exec(source); match?.groups !== undefined; match = parameter.exec(source)) {
    const { key, double, raw, single, bare } = match.groups;
    const value = unescaped(double) ?? raw ?? unescaped(single) ?? bare ?? '';
    if (key === undefined) positional.push(value);
    else named[key.toLowerCase()] = value;
  }
  return { positional, named };
}

const unescaped = (value: string | undefined): string | undefined => value?.replace(/\\(["'\\])/g, '$1');
