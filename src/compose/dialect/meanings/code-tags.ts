import type { RootContent } from 'mdast';
import { blocks, code, inline, inlineCode, NOTHING, paragraph, strong, text } from '../markdown-nodes.ts';
import { asCode } from '../tags/shown-as-code.ts';
import type { TagContext, TagHandler, TagHandlers, TagMeaning } from '../template-tag.ts';
import { dedent } from '../tags/dedent.ts';
import { argument, innerText, named, under } from './tag-arguments.ts';

const shown = (source: string, { place }: TagContext): string =>
  source
    .split('\n')
    .map((line) => asCode(line, place.issue))
    .join('\n');

/** `{{< highlight go >}}`, `{% highlight ruby linenos %}`. */
const highlight: TagHandler = (tag, context) => {
  const source = innerText(tag);
  const lang = argument(tag, 0, 'lang', 'language', 'type');
  return source === undefined ? undefined : blocks([code(shown(source, context), language(lang))]);
};

/** A block, or code in a line when it is written in one. */
const codeOfAnySize: TagHandler = (tag, context) => {
  const isLine =
    tag.inner !== undefined && !tag.inner.text.includes('\n') && Object.keys(tag.named).length === 0;
  const source = innerText(tag)?.trim();
  return isLine && source !== undefined
    ? inline([inlineCode(shown(source, context))])
    : highlight(tag, context);
};

/** Hexo's `{% codeblock title lang:js https://… link text mark:1 %}`. */
const codeblock: TagHandler = (tag, context) => {
  const source = innerText(tag);
  if (source === undefined) return undefined;
  const words = tag.positional.filter((word) => !/^https?:\/\//.test(word));
  const option = words.map((word) => /^lang:(.+)$/.exec(word)?.[1]).find((lang) => lang !== undefined);
  const title = words.filter((word) => !/^[a-z_]+:\S+$/.test(word)).join(' ');
  const lang = named(tag, 'lang') ?? option;
  const caption: RootContent[] = title === '' ? [] : [paragraph([strong([text(title)])])];
  return blocks([...caption, code(shown(source, context), language(lang))]);
};

const language = (lang: string | undefined): string | undefined =>
  lang === undefined ? undefined : /^[\w+#.-]+/.exec(lang)?.[0];

/** Something that a script draws from its source; the article makes a link of it. */
const drawing =
  (lang: string): TagHandler =>
  (tag) => {
    const source = innerText(tag) ?? named(tag, 'code', 'content');
    return source === undefined ? undefined : blocks([code(dedent(source), lang)]);
  };

const formula: TagHandler = (tag) => {
  const source = innerText(tag) ?? argument(tag, 0, 'content', 'formula');
  // Empty, it switches formulas on for the whole page.
  if (source === undefined) return NOTHING;
  const bare = source
    .trim()
    .replace(/^(\$\$?|\\\(|\\\[)([^]*?)(?:\$\$?|\\\)|\\\])$/, '$2')
    .trim();
  const isBlock =
    tag.named['display'] !== undefined ||
    /display|block/.test(tag.positional[0] ?? '') ||
    bare.includes('\n');
  return isBlock ? formulaBlock(bare) : inline([inlineCode(bare)]);
};

const formulaBlock = (source: string): TagMeaning => blocks([code(dedent(source))]);

const isDrawn = (names: string): TagHandlers =>
  Object.assign({}, ...names.split(' ').map((name) => ({ [name]: drawing(name) }))) as TagHandlers;

/** Code, formulas and what is drawn from a source. */
export const codeTags: TagHandlers = {
  highlight,
  code: codeOfAnySize,
  codeblock,
  ...under('math katex latex tex mathjax formula', formula),
  ...isDrawn('mermaid plantuml graphviz echarts chart markmap abc flowchart'),
  diagram: drawing('mermaid'),
  goat: (tag) => {
    const source = innerText(tag);
    return source === undefined ? undefined : blocks([code(source)]);
  },
};

/** For Hexo, whose `code` is another name for `codeblock`. */
export const hexoCodeTags: TagHandlers = { code: codeblock, codeblock };
