import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { readAttributeList, type AttributeList } from './read-attribute-list.ts';

/** What a list comes to once the lists that it names are put in. */
export type Attributes = Pick<AttributeList, 'id' | 'classes' | 'attributes'>;

/** The lists that a post defines by name (`{:photo: .wide}`), for others to use (`{: photo}`). */
export type ListDefinitions = ReadonlyMap<string, AttributeList>;

export function listDefinitions(tree: Root): ListDefinitions {
  const definitions = new Map<string, AttributeList>();
  visit(tree, 'attributeList', ({ value }) => {
    const list = readAttributeList(value);
    if (list?.defines !== undefined) definitions.set(list.defines, list);
  });
  return definitions;
}

/** A list with the lists it names. One that names another that names it back ends there. */
export function withNamed(list: AttributeList, definitions: ListDefinitions): Attributes {
  const used = new Set<AttributeList>([list]);
  for (const { names } of used) {
    for (const name of names) {
      const named = definitions.get(name);
      if (named !== undefined) used.add(named);
    }
  }
  const lists = [...used];
  const id = lists.find((one) => one.id !== undefined)?.id;
  return {
    ...(id === undefined ? {} : { id }),
    classes: lists.flatMap(({ classes }) => classes),
    attributes: Object.assign(
      {},
      ...lists.toReversed().map(({ attributes }) => attributes),
    ) as Attributes['attributes'],
  };
}
