import type { Element, ElementContent, Nodes, Properties, Text } from 'hast';

export const element = (tagName: string, properties: Properties, children: ElementContent[]): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
});

export const text = (value: string): Text => ({ type: 'text', value });

/** The text inside a node, as it is written. */
export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** An attribute as text; undefined when absent or not text. */
export function attribute(node: Element, name: string): string | undefined {
  const value = node.properties[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

export function classesOf(node: Element): string[] {
  const classes = node.properties['className'];
  return Array.isArray(classes) ? classes.map(String) : [];
}

export const hasClass = (node: Element, name: string): boolean => classesOf(node).includes(name);

export const isElement = (node: Nodes, tagName: string): node is Element =>
  node.type === 'element' && node.tagName === tagName;

export const isBlank = (node: Nodes): boolean => node.type === 'text' && /^[ \t\r\n\f]*$/.test(node.value);
