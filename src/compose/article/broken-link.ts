import { basename, dirname, join } from 'node:path/posix';
import { decoded } from './decoded.ts';
import { blogUrlOf, MARKDOWN_FILE } from './find-linked-issue.ts';
import { WEB_VERSION, type Place } from './link-target.ts';
import type { IssueBeside, SeriesAround } from '../series-around.ts';
import type { BodyProblem } from './report-in-body.ts';

/** A link that leads to nothing, and whether its address is still worth mailing. */
export interface BrokenLink {
  readonly problem: BodyProblem;
  readonly keepsAddress: boolean;
}

const SITE_WITHOUT_SCHEME =
  /^(?:www\.[^/.]+\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|io|tw|hk|cn|jp|kr|de|uk)(?:[/:]|$))/i;

/**
 * What is wrong with a relative link that is known to lead to no issue of the series: an error when it means the series' own folder
 * or section, since then a post is misspelt, a draft or left out; a warning when it may be a page of the blog all the same.
 */
export function brokenLink(href: string, place: Place): BrokenLink | undefined {
  if (href.includes(WEB_VERSION)) return undefined;
  const path = decoded(withoutSite(href, place.siteUrl).replace(/[?#].*$/s, '')).normalize('NFC');
  if (path === '' || /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(path)) return undefined;
  if (SITE_WITHOUT_SCHEME.test(path)) return { problem: withoutScheme(path), keepsAddress: false };
  if (MARKDOWN_FILE.test(path)) return { problem: toMarkdown(path, place), keepsAddress: false };
  if (isInOwnSection(path, place)) return { problem: toNoIssue(path), keepsAddress: true };
  return /^[^/.?#\\:]+$/.test(path) ? { problem: toBareName(path), keepsAddress: true } : undefined;
}

const withoutSite = (href: string, siteUrl: string | undefined): string => {
  const origin = siteUrl === undefined ? undefined : new URL(siteUrl).origin;
  return origin !== undefined && href.startsWith(`${origin}/`) ? href.slice(origin.length) : href;
};

const withoutScheme = (path: string): BodyProblem => ({
  rule: 'broken-link',
  message: `The link "${path}" looks like another site, but has no https:// before it, so only its words were kept.`,
  fix: `Write https://${path}.`,
});

function toMarkdown(path: string, { issue, series }: Place): BodyProblem {
  const folder = ownFolder(series);
  const target = path.startsWith('/') ? undefined : join(dirname(issue.file), path);
  const bundle = target !== undefined && /\/index(?:\.[\w-]+)?\.\w+$/.test(target) ? dirname(target) : target;
  const isOurs =
    bundle !== undefined && folder === dirname(bundle) && !basename(bundle).startsWith('_index.');
  return isOurs ? toNoIssue(path) : toOtherMarkdown(path);
}

const toOtherMarkdown = (path: string): BodyProblem => ({
  rule: 'broken-link',
  message: `The link "${path}" leads to a Markdown file that is no issue of this series, so only its words were kept.`,
  fix: 'Link to the address that the page has on the blog.',
});

const toNoIssue = (path: string): BodyProblem => ({
  severity: 'error',
  rule: 'broken-link',
  message: `The link "${path}" leads to no issue of this series.`,
  fix: 'Check the spelling; a draft or a post that is left out cannot be linked to.',
});

const toBareName = (path: string): BodyProblem => ({
  rule: 'broken-link',
  message: `The link "${path}" names no issue of this series, and leads to a page below this one.`,
  fix: 'Begin it with https:// or with /, or name an issue by its file.',
});

/** The folder of the series when it stands for the series alone; undefined for posts gathered from elsewhere, or from all the blog. */
function ownFolder(series: SeriesAround): string | undefined {
  if (!OWN_FOLDERS.has(series)) {
    const folder = dirname(series.file);
    const isOwn =
      basename(series.file).startsWith('_index.') &&
      !GENERAL_FOLDERS.has(basename(folder)) &&
      series.issues.every((issue) => folderOf(issue) === folder);
    OWN_FOLDERS.set(series, isOwn ? folder : undefined);
  }
  return OWN_FOLDERS.get(series);
}

/** Asked for every link of every issue. */
const OWN_FOLDERS = new WeakMap<SeriesAround, string | undefined>();

const GENERAL_FOLDERS = new Set(
  'posts post _posts blog articles article writing notes content pages'.split(' '),
);
const PAGES_OF_SECTIONS = /^(?:page|feed|rss|atom|archives?|tags?|categories|category|index)$/i;

const folderOf = ({ file }: IssueBeside): string =>
  /\/index(?:\.[\w-]+)?\.\w+$/.test(file) ? dirname(dirname(file)) : dirname(file);

/** `/garden/frost/` or `../frost/` where `/garden/` is where the blog has the series, and no issue is called so. */
function isInOwnSection(path: string, { series, issue }: Place): boolean {
  const folder = ownFolder(series);
  if (folder === undefined) return false;
  const section = `/${basename(folder)}/`.normalize('NFC');
  const permalink = blogUrlOf(issue, 'https://blog.example') ?? section;
  if (!issue.aliases.some((alias) => alias.startsWith(section))) return false;
  if (!URL.canParse(path, permalink)) return false;
  const absolute = decoded(new URL(path, permalink).pathname).normalize('NFC');
  const [, name] = absolute.startsWith(section)
    ? (/^([^/]+)\/?$/.exec(absolute.slice(section.length)) ?? [])
    : [];
  if (name === undefined || /\.\w+$/.test(name) || PAGES_OF_SECTIONS.test(name)) return false;
  return !series.issues.some((other) => isCalled(other, name));
}

/** Some blogs make the address of a post of its title. */
const isCalled = ({ title }: IssueBeside, name: string): boolean => bare(title) === bare(name);

const bare = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');
