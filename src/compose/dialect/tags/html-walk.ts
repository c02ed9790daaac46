/** In what part of raw HTML something stands. */
export type HtmlPart = 'text' | 'attribute' | 'code' | 'comment';

/** Elements whose text is code, or no text at all. */
const CODE = new Set(['pre', 'code', 'samp', 'script', 'style', 'textarea', 'xmp', 'math', 'svg']);

/**
 * Goes through raw HTML, which may come in pieces: `partAt` says in what part the next stretch ends, given the HTML up to there.
 */
export function walkHtml(): { readonly partAfter: (html: string) => HtmlPart } {
  const state = { isInTag: false, isInComment: false, quote: '', name: '', codes: [] as string[] };
  const closeTag = (): void => {
    state.isInTag = false;
    if (CODE.has(state.name)) state.codes.push(state.name);
    else if (state.name.startsWith('/') && state.codes.at(-1) === state.name.slice(1)) state.codes.pop();
  };
  const read = (piece: string): void => {
    if (state.isInComment) state.isInComment = piece !== '-->';
    else if (state.quote !== '') state.quote = piece === state.quote ? '' : state.quote;
    else if (state.isInTag) {
      if (piece === '>' || piece === '-->') closeTag();
      else if (piece === '"' || piece === "'") state.quote = piece;
    } else if (piece === '<!--') state.isInComment = true;
    else if (piece.startsWith('<'))
      Object.assign(state, { isInTag: true, name: piece.slice(1).toLowerCase() });
  };
  return {
    partAfter: (html) => {
      for (const [piece] of html.matchAll(/<!--|-->|<\/?[a-z][a-z0-9-]*|>|"|'/gi)) read(piece);
      if (state.isInComment) return 'comment';
      if (state.isInTag) return 'attribute';
      return state.codes.length > 0 ? 'code' : 'text';
    },
  };
}
