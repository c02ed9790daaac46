import { calloutKindOf, type CalloutKind } from '../callout.ts';

/** `.notice--info` of Minimal Mistakes, `.prompt-tip` of Chirpy, `.alert-warning` of Bootstrap, `.note` and `.tip` of many. */
const BOX =
  /^(?:bs-callout|notice|prompt|note|alert|callout|admonition|message|box|custom-block)(?:--?|_)?(?<kind>[a-z]+)?$/i;

/** The kind of callout that a block's classes make of it; undefined when it is not one. */
export function calloutKindOfClasses(classes: readonly string[]): CalloutKind | undefined {
  const said = classes.map((name) => calloutKindOf(BOX.exec(name)?.groups?.['kind'] ?? name));
  const kind = said.find((kind) => kind !== undefined);
  return kind ?? (classes.some((name) => BOX.test(name)) ? 'note' : undefined);
}
