import type { Place } from '../../article/link-target.ts';
import { formatDate } from './liquid-date.ts';

type Filter = (value: string, given: string, place: Place) => string | undefined;

const originOf = ({ siteUrl }: Place): string => (siteUrl === undefined ? '' : new URL(siteUrl).origin);

/** Where on its host the blog begins: '' or `/blog`. */
const baseOf = ({ siteUrl }: Place): string =>
  siteUrl === undefined ? '' : new URL(siteUrl).pathname.replace(/\/+$/, '');

const below = (base: string, path: string): string =>
  /^[a-z][a-z0-9+.-]*:/i.test(path) ? path : `${base}/${path.replace(/^\/+/, '')}`;

const FILTERS: Readonly<Record<string, Filter>> = {
  relative_url: (path, _, place) => below(baseOf(place), path),
  absolute_url: (path, _, place) => below(originOf(place) + baseOf(place), path),
  prepend: (value, given) => given + value,
  append: (value, given) => value + given,
  upcase: (value) => value.toUpperCase(),
  downcase: (value) => value.toLowerCase(),
  capitalize: (value) => value.charAt(0).toUpperCase() + value.slice(1),
  strip: (value) => value.trim(),
  strip_newlines: (value) => value.replace(/\r?\n/g, ''),
  // Whoever shows the value reads it as Markdown.
  markdownify: (value) => value,
  remove: (value, given) => value.replaceAll(given, ''),
  default: (value, given) => (value === '' ? given : value),
  url_encode: (value) => encodeURIComponent(value),
  // What is shown is escaped later, whatever it is.
  escape: (value) => value,
  escape_once: (value) => value,
  xml_escape: (value) => value,
  safe: (value) => value,
  date: (value, given) => formatDate(value, given),
  date_to_string: (value) => formatDate(value, '%d %b %Y'),
  date_to_long_string: (value) => formatDate(value, '%d %B %Y'),
};

/** A Liquid expression (`page.title | upcase`, `'/a.png' | relative_url`) → its text; undefined when we cannot know it. */
export function liquidValue(
  expression: string,
  place: Place,
  variables: ReadonlyMap<string, string> = NONE,
): string | undefined {
  const [first = '', ...filters] = expression.match(/(?:"[^"]*"|'[^']*'|[^|"'])+/g) ?? [];
  let value = simpleValue(first.trim(), place, variables);
  for (const filter of filters) {
    const [, name = '', given = ''] = /^\s*(\w+)\s*(?::\s*([^]*?))?\s*$/.exec(filter) ?? [];
    const apply = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
    const argument = given === '' ? '' : simpleValue(given, place, variables);
    if (value === undefined || argument === undefined) return undefined;
    value = apply?.(value, argument, place);
  }
  return value;
}

const NONE: ReadonlyMap<string, string> = new Map();

/** A literal, a name that the post has given, or a variable of the page or the site. */
function simpleValue(
  written: string,
  place: Place,
  variables: ReadonlyMap<string, string>,
): string | undefined {
  const [, , literal] = /^(["'])([^]*)\1$/.exec(written) ?? [];
  if (literal !== undefined) return literal;
  if (/^-?\d+(?:\.\d+)?$/.test(written)) return written;
  if (variables.has(written)) return variables.get(written);
  const [, owner, key = ''] = /^\$?(page|post|frontmatter|site)\.([\w.-]+)$/i.exec(written) ?? [];
  if (owner === undefined) return undefined;
  return owner.toLowerCase() === 'site' ? siteValue(key, place) : pageValue(key.toLowerCase(), place);
}

function siteValue(key: string, place: Place): string | undefined {
  if (key === 'url') return originOf(place);
  if (key === 'baseurl') return baseOf(place);
  return undefined;
}

function pageValue(key: string, { issue, webUrl }: Place): string | undefined {
  if (Object.hasOwn(issue.params, key)) return issue.params[key];
  if (key === 'title') return issue.title;
  if (key === 'date') return /(?:^|\/)(\d{4}-\d{1,2}-\d{1,2})-[^/]*$/.exec(issue.file)?.[1];
  if (key === 'url' || key === 'permalink')
    return issue.aliases.find((alias) => alias.startsWith('/')) ?? webUrl;
  return key === 'description' || key === 'excerpt' ? issue.description : undefined;
}
