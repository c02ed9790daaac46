interface ForeignProps {
  readonly text: string;
  /** BCP 47, of what is said in it; absent when nobody knows. */
  readonly lang?: string;
}

/** C0 and C1 but for tab and line ends, what turns the direction of writing, what cannot be seen, and halves of characters. */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** A text that others have written, made harmless for where there is no element to put around it: each such character is seen as one. */
export const harmless = (text: string): string => text.replace(UNSEEN, '\ufffd');

/** What others have written: titles, names, domains, a server's words. Its direction of writing does not reach beyond it. */
export const Foreign = ({ text, lang }: ForeignProps) => (
  <bdi {...(lang !== undefined && { lang })}>{harmless(text)}</bdi>
);
