import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { expect, test } from 'vitest';
import { dangersIn } from './dangers-in.ts';
import { PAYLOADS } from './hostile/payloads.ts';
import { filled, renderedSample } from './sample-series.ts';

type Node = DefaultTreeAdapterTypes.Node;

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
  const title = `</mj-title><b>"bold" & 'brave'`;
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
