import type { Literal } from 'mdast';
import type { Data } from 'unified';

/** `{: .note}` and the like, as written. */
export interface AttributeListNode extends Literal {
  type: 'attributeList';
}

/** `{::comment}` and the like, as written. */
export interface ExtensionMarkNode extends Literal {
  type: 'extensionMark';
}

/** `*[HTML]: Hypertext Markup Language`, as written. */
export interface AbbreviationDefinition extends Literal {
  type: 'abbreviationDefinition';
}

/** `:tada:`, as written. */
export interface EmojiNode extends Literal {
  type: 'emoji';
}

declare module 'mdast' {
  interface RootContentMap {
    attributeList: AttributeListNode;
    extensionMark: ExtensionMarkNode;
    abbreviationDefinition: AbbreviationDefinition;
    emoji: EmojiNode;
  }
  interface BlockContentMap {
    attributeList: AttributeListNode;
    extensionMark: ExtensionMarkNode;
    abbreviationDefinition: AbbreviationDefinition;
  }
  interface PhrasingContentMap {
    attributeList: AttributeListNode;
    extensionMark: ExtensionMarkNode;
    emoji: EmojiNode;
  }
}

type FromMarkdown = Extract<NonNullable<Data['fromMarkdownExtensions']>[number], { enter?: unknown }>;
type Handle = NonNullable<NonNullable<FromMarkdown['enter']>[string]>;

const literal = (type: 'attributeList' | 'extensionMark' | 'abbreviationDefinition' | 'emoji'): Handle =>
  function (token) {
    this.enter({ type, value: this.sliceSerialize(token) }, token);
    this.exit(token);
  };

/** From the tokens of a dialect to nodes that keep what was written. */
export const dialectFromMarkdown: FromMarkdown = {
  enter: {
    attributeList: literal('attributeList'),
    extensionMark: literal('extensionMark'),
    abbreviationDefinition: literal('abbreviationDefinition'),
    emoji: literal('emoji'),
  },
};
