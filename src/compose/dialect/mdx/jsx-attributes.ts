import type { Properties } from 'hast';
import type { MdxJsxAttribute, MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx';
import { expressionValue } from './expression-value.ts';
import type { MdxScope } from './mdx-scope.ts';

export type JsxElement = MdxJsxFlowElement | MdxJsxTextElement;

/** What an attribute says; true when it is only there, undefined when it says nothing that can be known without running it. */
type AttributeValue = string | true | undefined;

/** A component's attributes by lower-case name, those that can be known. */
export function componentAttributes(element: JsxElement, scope: MdxScope): Record<string, string> {
  const named: Record<string, string> = Object.create(null);
  for (const attribute of namedAttributes(element)) {
    const value = attributeValue(attribute, scope);
    if (value !== undefined) named[attribute.name.toLowerCase()] = value === true ? '' : value;
  }
  return named;
}

/** An HTML element's attributes as HTML has them; styles, events and what is for a framework are left out. */
export function htmlAttributes(element: JsxElement, scope: MdxScope): Properties {
  const properties: Properties = {};
  for (const attribute of namedAttributes(element)) {
    const value = attributeValue(attribute, scope);
    if (value === undefined || /^on[A-Z]|:|^(?:style|key|ref)$/.test(attribute.name)) continue;
    if (/^class(?:Name)?$/.test(attribute.name)) properties['className'] = String(value).split(/\s+/);
    else properties[attribute.name === 'htmlFor' ? 'for' : attribute.name] = value;
  }
  return properties;
}

/** Whether an element was given something that only running the page would tell. */
export const isUnknown = (element: JsxElement, name: string, scope: MdxScope): boolean =>
  namedAttributes(element).some(
    (attribute) => attribute.name === name && attributeValue(attribute, scope) === undefined,
  );

const namedAttributes = ({ attributes }: JsxElement): MdxJsxAttribute[] =>
  attributes.filter((attribute) => attribute.type === 'mdxJsxAttribute');

function attributeValue({ value }: MdxJsxAttribute, scope: MdxScope): AttributeValue {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value;
  if (/^\s*true\s*$/.test(value.value)) return true;
  if (/^\s*(?:false|null|undefined)\s*$/.test(value.value)) return undefined;
  return expressionValue(value.data?.estree, scope);
}
