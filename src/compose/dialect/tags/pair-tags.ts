import type { Stretch, WrittenTag } from './written-tag.ts';

/** A tag with everything up to its closing tag. */
export interface TagSpan extends Stretch {
  readonly tag: WrittenTag;
  /** What stands between the two; absent when the tag stands alone. */
  readonly inner?: Stretch;
}

/**
 * Tags in order → the outermost spans. As in Hugo a tag has an inside when its closing tag follows, whatever stands open between the
 * two; tags of the same name nest. What is inside a span is left for whoever reads that inside.
 */
export function pairTags(tags: readonly WrittenTag[], isPairing: boolean): TagSpan[] {
  const partners = isPairing ? partnersIn(tags) : new Map<number, number>();
  const spans: TagSpan[] = [];
  for (let index = 0; index < tags.length; index += 1) {
    const tag = tags[index] as WrittenTag;
    const partner = partners.get(index);
    const closing = partner === undefined ? undefined : tags[partner];
    spans.push(
      closing === undefined
        ? spanOf(tag, tag.end, tag.inner)
        : spanOf(tag, closing.end, between(tag, closing)),
    );
    index = partner ?? index;
  }
  return spans;
}

const spanOf = (tag: WrittenTag, end: number, inner: Stretch | undefined): TagSpan => ({
  tag,
  start: tag.start,
  end,
  ...(inner === undefined ? {} : { inner }),
});

const between = (opening: WrittenTag, closing: WrittenTag): Stretch => ({
  start: opening.end,
  end: closing.start,
});

/** The index of the closing tag by the index of the opening one. */
function partnersIn(tags: readonly WrittenTag[]): Map<number, number> {
  const partners = new Map<number, number>();
  const open = openTags();
  tags.forEach((tag, index) => {
    if (tag.isInCode) return;
    if (tag.role === 'opens' && tag.isAlone !== true && tag.inner === undefined) open.add(tag, index);
    if (tag.role !== 'closes') return;
    const partner = open.takeFor(tag);
    if (partner !== undefined) partners.set(partner, index);
  });
  return partners;
}

function openTags() {
  const stack: { readonly tag: WrittenTag; readonly index: number }[] = [];
  const counts = new Map<string, { count: number; readonly tag: WrittenTag }>();
  return {
    add: (tag: WrittenTag, index: number): void => {
      stack.push({ tag, index });
      const key = keyOf(tag);
      counts.set(key, { tag, count: (counts.get(key)?.count ?? 0) + 1 });
    },
    /** The last one that a tag closes; those after it can be closed no more. */
    takeFor: (closing: WrittenTag): number | undefined => {
      // Directives of many widths are looked through, other tags are found by their key.
      const same = closing.syntax === 'directive' ? [...counts.values()] : [counts.get(keyOf(closing))];
      if (!same.some((one) => one !== undefined && one.count > 0 && closes(closing, one.tag)))
        return undefined;
      for (let last = stack.pop(); last !== undefined; last = stack.pop()) {
        const counted = counts.get(keyOf(last.tag));
        if (counted !== undefined) counted.count -= 1;
        if (closes(closing, last.tag)) return last.index;
      }
      return undefined;
    },
  };
}

const keyOf = ({ syntax, name, width }: WrittenTag): string =>
  syntax === 'directive' ? `${syntax} ${width}` : `${syntax} ${name}`;

const closes = (closing: WrittenTag, opening: WrittenTag): boolean =>
  closing.syntax === 'directive'
    ? opening.syntax === 'directive' && (closing.width ?? 0) >= (opening.width ?? 0)
    : keyOf(closing) === keyOf(opening);
