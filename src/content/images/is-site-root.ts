import type { Names } from './folder-tree.ts';

const CONFIGURATION =
  /^(?:_config\.(?:ya?ml|toml)|hugo\.(?:ya?ml|toml|json)|(?:astro|gatsby|next|nuxt|docusaurus|svelte|eleventy)[.-]config\.[cm]?[jt]s|\.eleventy\.c?js|mkdocs\.ya?ml|book\.toml|pelicanconf\.py)$/;
/** What Hugo and Zola have beside their `content/`; alone these names say nothing. */
const BESIDE_CONTENT = /^(?:config(?:\.(?:ya?ml|toml|json))?|archetypes|layouts|themes|templates)$/;
const known = new WeakMap<Names, boolean>();

/** Whether a folder with these names in it looks like the root of a site: of Hugo, Jekyll, Hexo, Zola, Astro, Eleventy and others. */
export function isSiteRoot(names: Names): boolean {
  const before = known.get(names);
  if (before !== undefined) return before;

  const beside = names.has('content') ? BESIDE_CONTENT : undefined;
  const is = [...names.keys()].some((name) => CONFIGURATION.test(name) || beside?.test(name) === true);
  known.set(names, is);
  return is;
}
