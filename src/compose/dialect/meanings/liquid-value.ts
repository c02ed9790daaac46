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
export function liquidValue(expression: string, place: Place): string | undefined {
  const [first = '', ...filters] = expression.match(/(?:"[^"]*"|'[^']*'|[^|"'])+/g) ?? [];
  let value = simpleValue(first.trim(), place);
  for (const filter of filters) {
    const [, name = '', given = ''] = /^\s*(\w+)\s*(?::\s*([^]*?))?\s*$/.exec(filter) ?? [];
    const apply = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
    const argument = given === '' ? '' : simpleValue(given, place);
    if (value === undefined || argument === undefined) return undefined;
    value = apply?.(value, argument, place);
  }
  return value;
}

/** A literal, or a variable of the page or the site. */
function simpleValue(written: string, place: Place): string | undefined {
  const [, , literal] = /^(["'])([^]*)\1$/.exec(written) ?? [];
  if (literal !== undefined) return literal;
  if (/^-?\d+(?:\.\d+)?$/.test(written)) return written;
  const [, owner, key = ''] = /^\$?(page|post|frontmatter|site)\.([\w.-]+)$/i.exec(written) ?? [];
  if (owner === undefined) return undefined;
  return owner.toLowerCase() === 'site' ? siteValue(key, place) : pageValue(key.toLowerCase(), place);
}

function siteValue(key: string, place: Place): string | undefined {
  if (key === 'url' && place.siteUrl !== undefined) return originOf(place);
  if (key === 'baseurl') return baseOf(place);
  return undefined;
}

function pageValue(key: string, { issue, webUrl }: Place): string | undefined {
  if (Object.hasOwn(issue.params, key)) return issue.params[key];
  if (key === 'title') return issue.title;
  if (key === 'url' || key === 'permalink')
    return issue.aliases.find((alias) => alias.startsWith('/')) ?? webUrl;
  return key === 'description' || key === 'excerpt' ? issue.description : undefined;
}
