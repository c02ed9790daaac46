/** An element of a mail's HTML. */
export interface PageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** All text inside it, as it stands in the source. */
  readonly text: string;
  /** The images inside it. */
  readonly images: readonly Readonly<Record<string, string>>[];
  /** Inside something that is not shown. */
  readonly isHidden: boolean;
}

/** A run of text between two tags. */
export interface TextRun {
  readonly text: string;
  /** Not shown: the preheader, for instance. */
  readonly isHidden: boolean;
  readonly isCode: boolean;
  /** Said in another way in plain text: marks and numbers, the words of images, links that show their own address. */
  readonly isOptional: boolean;
}

/** A mail's HTML as an independent parser sees it. */
export interface Page {
  readonly hasDoctype: boolean;
  readonly title: string;
  /** In document order; the head's among them. */
  readonly elements: readonly PageElement[];
  /** The text of the body in document order. */
  readonly runs: readonly TextRun[];
  /** Rows of a table that hold headings only, cell by cell. */
  readonly headingRows: readonly (readonly string[])[];
  /** The words of the images that are shown, '' for those without. */
  readonly imageAlts: readonly string[];
  /** What the parser had to put right: `eof-in-tag near "<a href="`. */
  readonly mistakes: readonly string[];
}

export const elementsNamed = ({ elements }: Page, ...names: readonly string[]): PageElement[] =>
  elements.filter(({ name }) => names.includes(name));
