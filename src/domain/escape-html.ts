const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text → the same text for the inside of an HTML element or a quoted attribute. */
export const escapeHtml = (text: string): string =>
  // Most values of a million mails have nothing to escape, and the test is much cheaper.
  /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character) : text;
