import type { Properties } from 'hast';
import type { Parent, RootContent } from 'mdast';

/** An element of HTML among Markdown, with Markdown inside. */
export interface HtmlElement extends Parent {
  type: 'htmlElement';
  children: RootContent[];
  data: { hName: string; hProperties: Properties };
}

declare module 'mdast' {
  interface RootContentMap {
    htmlElement: HtmlElement;
  }
  interface BlockContentMap {
    htmlElement: HtmlElement;
  }
  interface PhrasingContentMap {
    htmlElement: HtmlElement;
  }
}

export const htmlElement = (
  hName: string,
  hProperties: Properties,
  children: readonly RootContent[],
): HtmlElement => ({
  type: 'htmlElement',
  children: [...children],
  data: { hName, hProperties },
});
