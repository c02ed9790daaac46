import { NOTHING } from '../markdown-nodes.ts';
import type { TagHandler, TagHandlers } from '../template-tag.ts';
import { liquidValue } from './liquid-value.ts';

/** Jekyll's `{% include figure.html src="a.png" %}`, by the name of the file; `handlers` are those of the tags of that name. */
export const include =
  (handlers: TagHandlers, nameOf: (written: string) => string): TagHandler =>
  (tag, context) => {
    const [file = '', ...positional] = tag.positional;
    const name = nameOf(file.replace(/\.(?:html?|md|liquid|svg)$/i, ''));
    if (ADDS_NOTHING.has(name)) return NOTHING;
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    const named = Object.fromEntries(
      Object.entries(tag.named).map(([key, value]) => [
        key,
        liquidValue(value, context.place, context.variables?.values) ?? value,
      ]),
    );
    return handler?.({ ...tag, name, positional, named }, context);
  };

const ADDS_NOTHING = new Set(
  'toc tableofcontents analytics comments disqus share socialshare mathjax katex head'.split(' '),
);
