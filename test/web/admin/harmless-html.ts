import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';

/** Texts as others might write them, to get out of where they are shown. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></svg><svg onload=alert(1)>',
  '</bdi></details><iframe src=//evil.example>',
  '<!-- --><style>*{display:none}</style>',
  '\u202etxt.exe\u2066 \u0000\u0007\u001b[2J\u009b31m',
  '&lt;b&gt; &amp;amp; {n} {series} ${x} {{y}}',
  'a\r\n\r\ndata: b\n\nevent: over',
  '`rm -rf /` `',
] as const;

type Element = DefaultTreeAdapterTypes.Element;
type ChildNode = DefaultTreeAdapterTypes.ChildNode;

const WANTED =
  /^(?:a|abbr|article|b|bdi|button|caption|code|dd|desc|details|div|dl|dt|figcaption|figure|form|g|h[1-3]|header|input|label|li|line|ol|p|path|q|rect|section|small|span|summary|svg|table|tbody|td|text|tfoot|th|thead|time|title|tr|ul)$/;
const STEERING =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** What is wrong with a piece of a page: elements and attributes that are not ours, addresses elsewhere, characters that steer. */
export function troublesIn(html: string): string[] {
  const troubles: string[] = [];
  const ids = new Set<string>();
  const problems: string[] = [];
  const fragment = parseFragment(html, { onParseError: ({ code }) => problems.push(code) });
  for (const element of elementsBelow(fragment.childNodes)) {
    const { tagName, attrs } = element;
    if (!WANTED.test(tagName)) troubles.push(`<${tagName}>`);
    for (const { name, value } of attrs) {
      if (/^on|^style$|^srcdoc$/.test(name)) troubles.push(`${tagName} has ${name}="${value}"`);
      if (/^(?:href|src|action)$/.test(name) && !/^\/admin(?:[/?]|$)/.test(value))
        troubles.push(`leads to ${value}`);
      if (STEERING.test(value)) troubles.push(`${name} steers: ${JSON.stringify(value)}`);
      if (/\b(?:NaN|undefined|null|Infinity)\b/.test(value)) troubles.push(`${name} is ${value}`);
      if (name === 'id' && ids.has(value)) troubles.push(`the id ${value} is there twice`);
      if (name === 'id') ids.add(value);
    }
  }
  const text = textOf(fragment.childNodes);
  if (STEERING.test(text)) troubles.push(`text steers: ${JSON.stringify(text.match(STEERING))}`);
  const gap = /\bNaN\b|\bundefined\b|\[object|Infinity/.exec(text)?.[0];
  if (gap !== undefined) troubles.push(`text has ${gap}`);
  return [...troubles, ...problems];
}

export function textIn(html: string): string {
  return textOf(parseFragment(html).childNodes);
}

export function elementsIn(html: string): Element[] {
  return elementsBelow(parseFragment(html).childNodes);
}

function elementsBelow(nodes: readonly ChildNode[]): Element[] {
  return nodes.flatMap((node) => ('tagName' in node ? [node, ...elementsBelow(node.childNodes)] : []));
}

function textOf(nodes: readonly ChildNode[]): string {
  return nodes
    .map((node) =>
      'value' in node ? node.value : 'childNodes' in node ? ` ${textOf(node.childNodes)} ` : '',
    )
    .join('')
    .replace(/\s+/g, ' ');
}
