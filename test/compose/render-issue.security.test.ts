import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { expect, test } from 'vitest';
import { PAYLOADS } from './payloads.ts';
import { filled, renderedSample } from './sample-series.ts';

type Node = DefaultTreeAdapterTypes.Node;

const FORBIDDEN = new Set(
  'script iframe form input button select textarea object embed svg math video audio base link frame applet marquee template noscript'.split(
    ' ',
  ),
);
const OURS = new Set(['X-UA-Compatible', 'Content-Type']);

/** Everything in a page that could run, fetch code or send: as `<tag>` or `tag@attribute=value`. */
function dangersIn(html: string): string[] {
  const dangers: string[] = [];
  const visit = (node: Node): void => {
    if ('tagName' in node) {
      if (FORBIDDEN.has(node.tagName) || node.tagName.startsWith('mj-')) dangers.push(`<${node.tagName}>`);
      for (const { name, value } of node.attrs) {
        const runs =
          name.startsWith('on') || /^(?:srcdoc|formaction|action|background|srcset|data)$/.test(name);
        const isCode = /^[\s\u0000-\u0020]*(?:javascript|vbscript|data):/i.test(value);
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

test('the detector sees what it should', () => {
  const bad =
    '<p onclick=x><script></script><a href=" javascript:x">y</a><meta http-equiv=refresh><mj-text></mj-text>';
  expect(dangersIn(bad)).toHaveLength(5);
});

test.each(PAYLOADS)('%j is harmless in the body and in every field', async (payload) => {
  const { html } = await renderedSample(
    {
      title: payload,
      description: payload,
      preheader: payload,
      image: { url: 'https://a.example/x.png', alt: payload },
      source: { url: payload, name: payload },
      body: `before\n\n${payload}\n\n> ${payload.replaceAll('\n', ' ')}\n\nafter`,
    },
    { title: payload, description: payload },
    { siteUrl: 'https://blog.example.com', postalAddress: payload },
  );
  expect(dangersIn(filled(html))).toEqual([]);
  expect(filled(html)).toContain('Unsubscribe</a>');
  expect(filled(html)).not.toMatch(/root:x:0|"version":|mj-include denied/);
});

test('a payload in a title is shown as it was written', async () => {
  const title = `</mj-title><b>"bold" & 'brave'</b>`;
  const { html } = await renderedSample({ title });
  const titles: string[] = [];
  const visit = (node: Node): void => {
    if (node.nodeName === 'h1' || node.nodeName === 'title') titles.push(textIn(node));
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(filled(html)));
  expect(titles).toEqual([title, title]);
});

function textIn(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
}
