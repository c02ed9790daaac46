import { parse, type DefaultTreeAdapterMap } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/** A form as a browser would send it. */
export interface PageForm {
  /** Absolute. */
  readonly action: string;
  readonly method: string;
  readonly fields: readonly { readonly name: string; readonly type: string; readonly value: string }[];
}

export const formsIn = (html: string, base: string): PageForm[] =>
  elementsOf(parse(html))
    .filter(({ tagName }) => tagName === 'form')
    .map((form) => ({
      action: new URL(attribute(form, 'action') ?? '', base).href,
      method: (attribute(form, 'method') ?? 'get').toLowerCase(),
      fields: fieldsOf(form),
    }));

/** A button with a name is a field only when it is pressed: the first one is. A radio button counts when it is checked. */
function fieldsOf(form: Element): PageForm['fields'] {
  const named = elementsOf(form).filter((element) => attribute(element, 'name') !== undefined);
  const pressed = named.find(({ tagName }) => tagName === 'button');
  return named
    .filter((element) => isSent(element, pressed))
    .map((element) => ({
      name: attribute(element, 'name') ?? '',
      type: element.tagName === 'input' ? (attribute(element, 'type') ?? 'text') : element.tagName,
      value: element.tagName === 'select' ? chosen(element) : (attribute(element, 'value') ?? ''),
    }));
}

function isSent(element: Element, pressed: Element | undefined): boolean {
  if (element.tagName === 'button') return element === pressed;
  if (!['input', 'select', 'textarea'].includes(element.tagName)) return false;
  const mustBeChecked = ['radio', 'checkbox'].includes(attribute(element, 'type') ?? '');
  return !mustBeChecked || attribute(element, 'checked') !== undefined;
}

function chosen(select: Element): string {
  const options = elementsOf(select).filter(({ tagName }) => tagName === 'option');
  const option = options.find((one) => attribute(one, 'selected') !== undefined) ?? options[0];
  return option === undefined ? '' : (attribute(option, 'value') ?? '');
}

const URL_ATTRIBUTES = [
  'href',
  'src',
  'action',
  'formaction',
  'poster',
  'background',
  'cite',
  'data',
  'content',
];

/** Every URL that anything in a page or mail points to: absolute, without fragments, http and https only. */
export function urlsIn(html: string, base: string): string[] {
  const found = elementsOf(parse(html)).flatMap((element) => [
    ...URL_ATTRIBUTES.map((name) => urlOf(element, name)),
    ...(attribute(element, 'srcset') ?? '').split(',').map((part) => part.trim().split(/\s/, 1)[0] ?? ''),
  ]);
  return webUrls(
    found.filter((url) => url !== ''),
    base,
  );
}

/** `content` holds many things; what is no absolute address there is none. */
function urlOf(element: Element, name: string): string {
  const value = attribute(element, name) ?? '';
  return name === 'content' && !/^https?:/.test(value) ? '' : value;
}

/** URLs that stand in text as such. */
export const bareUrls = (text: string): string[] =>
  text.match(/https?:\/\/[^\s<>"')\]\u3000-\u303f\uff00-\uffef]+/g) ?? [];

export function webUrls(written: readonly string[], base: string): string[] {
  const urls = written.filter((url) => URL.canParse(url, base)).map((url) => new URL(url, base));
  return [
    ...new Set(
      urls
        .filter(({ protocol }) => /^https?:$/.test(protocol))
        .map((url) => Object.assign(url, { hash: '' }).href),
    ),
  ];
}

export function elementsOf(node: Node): Element[] {
  const own = 'tagName' in node ? [node] : [];
  const children = 'childNodes' in node ? node.childNodes : [];
  return [...own, ...children.flatMap(elementsOf)];
}

export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;
