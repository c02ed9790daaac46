import { readAttributeList } from '../attribute-list/read-attribute-list.ts';
import { tagParameters } from './tag-parameters.ts';
import { writtenTag, type WrittenTag } from './written-tag.ts';

const FENCE =
  /^(?<colons>:{3,})[ \t]*(?:(?<name>\p{L}[\p{L}\p{N}_-]*)[ \t]*(?:\[(?<label>[^\]\n]*)\])?[ \t]*(?<attributes>\{[^{}\n]*\})?[ \t]*(?<title>[^\n]*?))?[ \t]*:*\r?$/u;
const LEAF =
  /^::(?<name>\p{L}[\p{L}\p{N}_-]*)(?:\[(?<label>[^\]\n]*)\])?(?<attributes>\{[^{}\n]*\})?[ \t]*\r?$/u;

/** A line `:::note[Title]`, `:::` or `::github{repo="a/b"}` of the text, which begins at an offset; undefined when it is none. */
export function readDirective(line: string, start: number): WrittenTag | undefined {
  if (!line.startsWith('::')) return undefined;
  const stretch = { syntax: 'directive', start, end: start + line.replace(/\r$/, '').length } as const;
  const fence = FENCE.exec(line)?.groups;
  if (fence === undefined) return readLeaf(line, stretch);
  const { colons = '', name, label, attributes, title } = fence;
  const width = colons.length;
  if (name === undefined) return writtenTag({ role: 'closes', width, ...stretch });
  const words = label ?? (title === '' ? undefined : title);
  return writtenTag({ role: 'opens', name, ...given(words, attributes), width, ...stretch });
}

function readLeaf(
  line: string,
  stretch: Pick<WrittenTag, 'syntax' | 'start' | 'end'>,
): WrittenTag | undefined {
  const { name, label, attributes } = LEAF.exec(line)?.groups ?? {};
  if (name === undefined || (label ?? attributes) === undefined) return undefined;
  return writtenTag({ role: 'opens', isAlone: true, name, ...given(label, attributes), ...stretch });
}

function given(label: string | undefined, attributes = ''): Pick<WrittenTag, 'positional' | 'named'> {
  const list = readAttributeList(attributes);
  const named = list?.attributes ?? tagParameters(attributes.slice(1, -1)).named;
  const id = list?.id === undefined ? {} : { id: list.id };
  return {
    positional: label === undefined ? [] : [label.trim()],
    named: { ...named, ...id, ...(label === undefined ? {} : { title: label.trim() }) },
  };
}
