import type { Html, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { ReportInBody } from '../article/report-in-body.ts';

/** Elements in which a browser takes everything for their own text until they are closed. */
const SWALLOWING = new Set(['iframe', 'noembed', 'noframes', 'script', 'style', 'textarea', 'title', 'xmp']);
const TAG = /<!--[^]*?-->|<(?<slash>\/?)(?<name>[a-z][a-z0-9]*)(?=[\s/>])(?:"[^"]*"|'[^']*'|[^<>"'])*>/gi;

/** Closes `<iframe src="…">` and the like at the end of their block where nothing else does, so that the rest of the post is not lost. */
export function closeSwallowingHtml(tree: Root, report: ReportInBody): void {
  let open: { readonly name: string; readonly node: Html } | undefined;
  const close = (): void => {
    if (open === undefined) return;
    report(open.node, neverClosed(open.name));
    open.node.value += `</${open.name}>`;
    open = undefined;
  };
  visit(tree, 'html', (node) => {
    for (const { groups } of node.value.matchAll(TAG)) {
      const name = groups?.['name']?.toLowerCase() ?? '';
      const isEnd = groups?.['slash'] === '/';
      if (!SWALLOWING.has(name)) continue;
      if (open === undefined) open = isEnd ? undefined : { name, node };
      else if (name === open.name && isEnd) open = undefined;
      else if (open.name === 'iframe' && name === 'iframe' && open.node !== node) {
        close();
        open = { name, node };
      }
    }
  });
  close();
}

const neverClosed = (name: string): Parameters<ReportInBody>[1] => ({
  rule: 'html-unmailable',
  message: `<${name}> is never closed, so a browser takes what follows for a part of it; here it ends with its block.`,
  fix: `Write </${name}> where it ends.`,
});
