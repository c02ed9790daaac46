import { relative, resolve } from 'node:path';
import { initFolder, type InitReport, type InitStep, type InitWish } from '../actions/init-folder.ts';
import { openNewFolder } from '../app/new-folder.ts';
import { openStudio } from '../app/studio.ts';
import { loadConfig, type Config } from '../config.ts';
import { settingsFile } from '../config/settings-file.ts';
import { SETTINGS } from '../config/settings.ts';
import type { Blog } from '../domain/blog.ts';
import { formatProblem } from '../domain/problem.ts';
import { EXIT } from '../domain/refusal.ts';
import { count } from './count.ts';
import type { Terminal } from './terminal.ts';
import { refuse } from './with-app.ts';

interface InitFlags {
  readonly language?: string;
  readonly templates: boolean;
}

/** `partwork init [folder]`: makes a folder ready to write and send from, around a blog if there is one; a second time changes nothing. */
export async function init(
  terminal: Terminal,
  name: string | undefined,
  { language, templates }: InitFlags,
): Promise<number> {
  const expected = language === undefined ? undefined : SETTINGS.language.refuse(language);
  if (expected !== undefined) return refuse(terminal, noLanguage(language ?? '', expected));
  const folder = resolve(name ?? '.');
  const newFolder = openNewFolder(folder);
  const folders = (await newFolder.holdsAnything('partwork.yaml')) ? foldersIn(folder) : undefined;
  if (Array.isArray(folders)) {
    for (const problem of folders) terminal.say(formatProblem(problem));
    return EXIT.configuration;
  }
  const wish: InitWish = {
    withTemplates: templates,
    ...(language !== undefined && { language }),
    ...(folders !== undefined && { folders }),
  };
  const report = await initFolder({ ...newFolder, settingsFile }, wish);
  if (report.blog !== undefined) terminal.say(describeBlog(report.blog));
  for (const step of report.steps) terminal.print(describeStep(step));
  await sayNext(terminal, folder, report);
  return EXIT.ok;
}

function foldersIn(folder: string) {
  const config = loadConfig(folder);
  if (Array.isArray(config)) return config;
  const inside = (path: string) => relative(folder, path) || '.';
  return { content: inside(config.contentFolder), templates: inside(config.templatesFolder) };
}

const describeBlog = ({ kind, configFile, content, siteUrl }: Blog): string =>
  `Found a blog made with ${kind} (${configFile}): posts in ${content}/, ${siteUrl === undefined ? 'address not found' : `on the web at ${siteUrl}`}.`;

function describeStep({ path, kind, did, files }: InitStep): string {
  const name = kind === 'content' || kind === 'templates' ? `${path}/` : path;
  const what = {
    settings: 'every setting with its meaning',
    content: 'a small series to begin with',
    templates: `${count(files, 'file')}, yours to change; delete one to go back to ours`,
    gitignore: 'keeps the ledger and passwords out of version control',
  }[kind];
  if (did === 'made') return `made      ${name}  (${what})`;
  if (did === 'added to') return `added to  ${name}  (${what})`;
  if (did === 'left out') return `left out  ${name}  (ours are used)`;
  return `kept      ${name}`;
}

async function sayNext(terminal: Terminal, folder: string, { blog }: InitReport): Promise<void> {
  const config = loadConfig(folder);
  if (!Array.isArray(config)) await saySeries(terminal, folder, config, blog);
  const way = relative('.', folder);
  terminal.say('');
  terminal.say('Next:');
  if (way !== '') terminal.say(`  cd ${/^[\w./-]+$/.test(way) ? way : JSON.stringify(way)}`);
  terminal.say('  partwork preview   issues in the browser as readers will get them, while you write');
  terminal.say('  partwork check     every problem, with file and line');
  if (blog?.kind === 'Jekyll') {
    terminal.say('');
    terminal.say(`Add partwork.yaml to "exclude:" in ${blog.configFile}, or Jekyll publishes it.`);
  }
}

/** A blog as it is mostly has no series yet. */
async function saySeries(
  terminal: Terminal,
  folder: string,
  config: Config,
  blog: Blog | undefined,
): Promise<void> {
  const { reports } = await openStudio(config).load();
  if (reports.length > 0 || blog === undefined) return;
  const content = relative(folder, config.contentFolder) || '.';
  terminal.say('');
  terminal.say('There is no series yet. To make one, put `series: [name]` into the front matter of posts,');
  terminal.say(`or write ${content}/<name>/_index.md and list posts under \`issues:\` in it.`);
}

const noLanguage = (language: string, expected: string) => ({
  message: `--language: "${language}" is not ${expected}.`,
  fix: 'Leave it out for English.',
  exitCode: EXIT.usage,
});
