const LINK = /<a(?:\s+[\w-]+(?:="[^"]*")?)*\s*>/g;

/** An article whose links inside itself (`#soil`) lead to its page, for readers who have it elsewhere. */
export const absoluteAnchors = (html: string, pageUrl: string): string =>
  html.replace(LINK, (link) => link.replace(/ href="#/, () => ` href="${pageUrl}#`));
