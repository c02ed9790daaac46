import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { importStatements, lineAt, withoutComments, type ImportStatement } from './import-statements.ts';

const TOOLS = ['content', 'compose', 'lint', 'store', 'queue', 'mail', 'csv', 'webhook'];
const LONGEST_FILE = 250;

interface Room {
  /** Rooms it may import, besides itself. */
  readonly rooms: readonly string[];
  /** Rooms it may import the types of, besides those. */
  readonly types?: readonly string[];
  /** The only node built-ins it may import; any when absent. */
  readonly builtins?: readonly string[];
}

const tool: Room = { rooms: ['domain'] };
const door: Room = { rooms: ['app', 'config', 'actions', 'domain'], types: TOOLS };

const ROOMS: Readonly<Record<string, Room>> = {
  domain: { rooms: [], builtins: ['node:crypto', 'node:module', 'node:url'] },
  actions: {
    rooms: ['domain'],
    types: TOOLS,
    builtins: ['node:crypto', 'node:path', 'node:timers/promises', 'node:url', 'node:util'],
  },
  ...Object.fromEntries(TOOLS.map((name) => [name, tool])),
  config: tool,
  app: { rooms: ['config', 'domain', ...TOOLS] },
  web: door,
  // It measures the tools themselves, and what else could be done with their packages.
  bench: { rooms: [...door.rooms, ...TOOLS] },
  // They are BullMQ's other half: the same queue names and the same prefix.
  workers: { ...door, rooms: [...door.rooms, 'queue'] },
  // `serve`, `work` and `up` open the two other doors, `bench` the bench's room.
  cli: { ...door, rooms: [...door.rooms, 'web', 'workers', 'bench'] },
};

const MARKDOWN = ['content', 'compose'];
const LOGGING = ['app', 'cli', 'web', 'workers'];

/** Each package we depend on, and the rooms that may import it. */
export const HOMES: Readonly<Record<string, readonly string[]>> = {
  'temporal-polyfill': ['domain'],
  'gray-matter': ['content'],
  'smol-toml': ['content'],
  'image-size': ['content'],
  yaml: ['content', 'config'],
  mjml: ['compose'],
  liquidjs: ['compose'],
  'string-width': ['compose', 'cli'],
  'linkify-it': ['compose'],
  gemoji: ['compose'],
  unified: MARKDOWN,
  'unist-util-visit': MARKDOWN,
  'remark-parse': MARKDOWN,
  'remark-cjk-friendly': MARKDOWN,
  'remark-cjk-friendly-gfm-strikethrough': MARKDOWN,
  'mdast-util-gfm-footnote': MARKDOWN,
  'mdast-util-gfm-table': MARKDOWN,
  'mdast-util-gfm-task-list-item': MARKDOWN,
  'micromark-extension-gfm-footnote': MARKDOWN,
  'micromark-extension-gfm-table': MARKDOWN,
  'micromark-extension-gfm-task-list-item': MARKDOWN,
  'mdast-util-definition-list': MARKDOWN,
  'micromark-extension-definition-list': MARKDOWN,
  'mdast-util-mdx': MARKDOWN,
  'micromark-extension-mdxjs': MARKDOWN,
  'remark-rehype': ['compose'],
  'rehype-raw': ['compose'],
  'rehype-sanitize': ['compose'],
  'hast-util-to-html': ['compose'],
  ioredis: ['store', 'app', 'bench'],
  bullmq: ['queue', 'workers', 'bench'],
  nodemailer: ['mail', 'bench'],
  'smtp-server': ['mail'],
  'postal-mime': ['mail', 'lint'],
  parse5: ['lint'],
  chokidar: ['app'],
  'csv-parse': ['csv'],
  'csv-stringify': ['csv'],
  'prom-client': ['web'],
  hono: ['web'],
  'ipaddr.js': ['web', 'webhook'],
  '@hono/node-server': ['web'],
  '@bull-board/api': ['web'],
  '@bull-board/hono': ['web'],
  '@bull-board/ui': ['web'],
  commander: ['cli'],
  pino: LOGGING,
};
/** Packages wanted for their types only: they describe the trees that our packages make. */
const TYPES_OF: Readonly<Record<string, readonly string[]>> = {
  unist: MARKDOWN,
  mdast: MARKDOWN,
  'mdast-util-from-markdown': MARKDOWN,
  'micromark-util-types': MARKDOWN,
  estree: ['compose'],
  hast: ['compose'],
};

/** What a source file does that the house does not allow, one sentence each: `src/domain/issue.ts:3: …`. */
export function brokenWalls(path: string, source: string): string[] {
  const code = withoutComments(source);
  const statements = path.endsWith('.lua') ? [] : importStatements(source);
  return [
    ...nameTrouble(path),
    ...lengthTrouble(source),
    ...statements.flatMap((statement) => importTrouble(path, statement)),
    ...(path.endsWith('.lua') ? [] : codeTrouble(path, code)),
  ].map((trouble) => `${path}:${trouble}`);
}

function nameTrouble(path: string): string[] {
  const troubles: string[] = [];
  if (ROOMS[roomOf(path) ?? ''] === undefined) troubles.push('1: stands in no room.');
  const drawer = path.split(/[/.]/).find((part) => ['utils', 'helpers', 'lib', 'types'].includes(part));
  if (drawer !== undefined) troubles.push(`1: "${drawer}" is a drawer. Name it after what is in it.`);
  if (/(^|\/)index\.tsx?$/.test(path)) troubles.push('1: is a barrel. Import the files themselves.');
  return troubles;
}

function lengthTrouble(source: string): string[] {
  const lines = source.trimEnd().split('\n').length;
  return lines > LONGEST_FILE ? [`${LONGEST_FILE + 1}: the file has ${lines} lines. Split it by idea.`] : [];
}

function importTrouble(path: string, statement: ImportStatement): string[] {
  const { specifier, isType, line } = statement;
  const from = roomOf(path) ?? '';
  const room = ROOMS[from];
  if (room === undefined) return [];
  if (specifier === undefined) return [`${line}: imports a computed name. Write the name out.`];

  const allowed = specifier.startsWith('.')
    ? mayImportFile
    : isBuiltin(specifier)
      ? mayImportBuiltin
      : mayImportPackage;
  if (allowed({ path, from, room, specifier, isType })) return [];
  return [`${line}: ${from} may not import ${isType ? 'types of ' : ''}${specifier}.`];
}

interface Wanted {
  readonly path: string;
  readonly from: string;
  readonly room: Room;
  readonly specifier: string;
  readonly isType: boolean;
}

function mayImportFile({ path, from, room, specifier, isType }: Wanted): boolean {
  const to = roomOf(posix.join(posix.dirname(path), specifier));
  if (to === undefined) return false;
  return to === from || room.rooms.includes(to) || (isType && room.types?.includes(to) === true);
}

function mayImportBuiltin({ room, specifier }: Wanted): boolean {
  // `process` is a global, and importing parts of it would hide them from the rules below.
  if (!specifier.startsWith('node:') || specifier === 'node:process') return false;
  return room.builtins?.includes(specifier) ?? true;
}

function mayImportPackage({ from, specifier, isType }: Wanted): boolean {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const homes = Object.hasOwn(HOMES, name) ? HOMES[name] : isType ? TYPES_OF[name] : undefined;
  return homes?.includes(from) ?? false;
}

function codeTrouble(path: string, code: string): string[] {
  const rules: [RegExp, readonly string[], string][] = [
    [/^[ \t]*export\s+default\b|\bas\s+default\b/gm, [], 'exports a default. Export it by its name.'],
    [
      /\bprocess\s*(?:\.\s*(?:env|loadEnvFile)\b|\[)|=\s*process\s*[;,)]/g,
      ['src/config.ts'],
      'only src/config.ts reads the environment.',
    ],
    [
      /\bprocess\s*\.\s*(?:exit|exitCode|abort|reallyExit)\b/g,
      ['src/cli/main.ts', 'workers/main.ts'],
      'only src/cli/main.ts and workers/main.ts end the process.',
    ],
  ];
  return rules
    .filter(([, exempt]) => !exempt.includes(path))
    .flatMap(([pattern, , trouble]) =>
      [...code.matchAll(pattern)].map(({ index }) => `${lineAt(code, index)}: ${trouble}`),
    );
}

/** `src/store/keys.ts` → store, `src/app.ts` → app, `workers/main.ts` → workers; undefined outside the house. */
function roomOf(path: string): string | undefined {
  const [top = '', inner = ''] = path.split('/');
  if (top === 'workers') return 'workers';
  return top === 'src' ? inner.replace(/\.tsx?$/, '') : undefined;
}
