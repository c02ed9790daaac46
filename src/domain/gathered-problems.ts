import type { Problem } from './problem.ts';

/** So many of a kind in one file are still told one by one. */
const FEW = 3;
const OTHER_LINES_NAMED = 5;

/**
 * Problems as a person can take them in: more than three of a kind in one file become one line in the place of the first, which
 * says where the others are; and what one missing setting does to many posts is told once. All else keeps its words and order.
 */
export function gatheredProblems(problems: readonly Problem[]): Problem[] {
  const groups = new Map<unknown, Problem[]>();
  for (const problem of problems) {
    const kind = kindOf(problem);
    const key =
      kind === undefined ? problem : kind.ofAllContent ? kind.name : `${problem.file}\n${kind.name}`;
    const group = groups.get(key ?? problem);
    if (group === undefined) groups.set(key ?? problem, [problem]);
    else group.push(problem);
  }
  return [...groups.values()].flatMap(told);
}

interface Kind {
  /** The same for problems that one line can stand for. */
  readonly name: string;
  /** All of them in one sentence, without its full stop. */
  readonly inWords: (group: readonly Problem[]) => string;
  readonly ofAllContent?: boolean;
}

function told(group: readonly Problem[]): readonly Problem[] {
  const [first] = group;
  const kind = first && kindOf(first);
  if (first === undefined || kind === undefined || group.length <= FEW) return group;
  const { line: _, ...rest } = first;
  if (kind.ofAllContent === true)
    return [{ ...rest, file: 'partwork.yaml', message: `${kind.inWords(group)}.` }];
  const lines = [...new Set(group.flatMap(({ line }) => line ?? []))].toSorted((a, b) => a - b);
  const message = `${kind.inWords(group)}${inLines(lines)}.`;
  return [{ ...rest, ...(lines[0] !== undefined && { line: lines[0] }), message }];
}

function inLines([first, ...others]: readonly number[]): string {
  if (first === undefined) return '';
  const named =
    others.slice(0, OTHER_LINES_NAMED).join(', ') + (others.length > OTHER_LINES_NAMED ? ', …' : '');
  return `, ${others.length === 0 ? 'all' : 'the first'} on line ${first}${named === '' ? '' : ` (also ${named})`}`;
}

/** The kinds by rule and the words that a message of it begins or goes on with. */
const KINDS: readonly (readonly [rule: string, message: RegExp, kind: Omit<Kind, 'name'>])[] = [
  [
    'alt-text',
    /^The image /,
    {
      inWords: ({ length }) =>
        `${length} images have no alternative text, which is all that many readers get of them`,
    },
  ],
  [
    'alt-text',
    /^The link /,
    { inWords: ({ length }) => `${length} links are only images without alternative text` },
  ],
  [
    'relative-address',
    / is relative to the blog, whose address is not known/,
    {
      inWords: (group) =>
        `${linksAndImages(group)} in ${counted(new Set(group.map(({ file }) => file)).size, 'post')} are relative to the blog, whose address is not known`,
      ofAllContent: true,
    },
  ],
  [
    'relative-address',
    / leads to a place /,
    { inWords: (group) => `${linksAndImages(group)} lead to places that could not be found on the blog` },
  ],
  [
    'large-image',
    /^The image /,
    { inWords: ({ length }) => `${length} images are large, and are loaded by every reader` },
  ],
  [
    'missing-image',
    /^There is no file /,
    {
      inWords: (group) =>
        `${group.length} image files are not beside the post (${quotedIn(group)} and others), so they may be missing in the mail`,
    },
  ],
  [
    'template-syntax',
    /^The (\w+) (\S+(?: ?[\w:.-]+)?).* is not understood/s,
    { inWords: (group) => `${group.length} ${tagsIn(group)} are not understood` },
  ],
];

function kindOf({ rule, message, severity, fix = '' }: Problem): Kind | undefined {
  for (const [of, begins, kind] of KINDS) {
    const found = rule === of ? begins.exec(message) : null;
    if (found !== null) return { ...kind, name: [rule, severity, fix, ...found.slice(1)].join('\n') };
  }
  return undefined;
}

const quotedIn = ([first]: readonly Problem[]): string => /"[^"]*"/.exec(first?.message ?? '')?.[0] ?? '';

function tagsIn([first]: readonly Problem[]): string {
  const [, what = 'tag', tag = ''] = /^The (\w+) (.*?) is not understood/s.exec(first?.message ?? '') ?? [];
  return `${what}s like ${tag}`;
}

function linksAndImages(group: readonly Problem[]): string {
  const images = group.filter(({ message }) => message.startsWith('The image ')).length;
  const links = group.length - images;
  return [
    ...(links > 0 ? [counted(links, 'link')] : []),
    ...(images > 0 ? [counted(images, 'image')] : []),
  ].join(' and ');
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
