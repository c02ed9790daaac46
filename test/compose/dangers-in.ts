import { parse, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

const FORBIDDEN = new Set(
  'script iframe form input button select textarea object embed svg math video audio base link frame applet marquee template noscript'.split(
    ' ',
  ),
);
/** Attributes that only ever hold words. */
const WORDS = new Set(['alt', 'title', 'aria-label']);
const OURS = new Set(['X-UA-Compatible', 'Content-Type']);

/** Everything in a page that could run, fetch code or send: as `<tag>` or `tag@attribute=value`. */
export function dangersIn(html: string): string[] {
  const dangers: string[] = [];
  const visit = (node: Node): void => {
    if ('tagName' in node) {
      if (FORBIDDEN.has(node.tagName) || node.tagName.startsWith('mj-')) dangers.push(`<${node.tagName}>`);
      for (const { name, value } of node.attrs) {
        const runs =
          name.startsWith('on') || /^(?:srcdoc|formaction|action|background|srcset|data)$/.test(name);
        const isCode = !WORDS.has(name) && /^[\s\u0000-\u0020]*(?:javascript|vbscript|data):/i.test(value);
        const loads = name === 'style' && /url\(/i.test(value);
        const refreshes = name === 'http-equiv' && !OURS.has(value);
        if (runs || isCode || refreshes || loads) dangers.push(`${node.tagName}@${name}=${value}`);
      }
    }
    if (node.nodeName === 'style' && 'childNodes' in node) {
      const css = node.childNodes.map((child) => ('value' in child ? child.value : '')).join('');
      if (/@import|evil/.test(css)) dangers.push('<style>');
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return dangers;
}
