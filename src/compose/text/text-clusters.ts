import { CJK_CHARACTER } from '../article/cjk-character.ts';
import { textWidth } from './text-width.ts';

/** The least that a line break may move: a word, a `<url>`, or a CJK character, with the punctuation that must stay beside it. */
export interface TextCluster {
  readonly text: string;
  readonly width: number;
  readonly afterSpace: boolean;
}

const NO_LINE_START = new Set(
  '。，、；：！？」』）】〕》〉］｝〗〙〞’”…—～・·ー々ゝゞヽヾ〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％‰℃゛゜.,;:!?)]}%',
);
const NO_LINE_END = new Set('「『（【〔《〈［｛〖〘〝“‘([{＄￥£$');

/** What is held together by more marks than this is no text, and may break anywhere. */
const MOST_TOGETHER = 100;

const cjk = CJK_CHARACTER.source;
const TOKEN = new RegExp(
  String.raw`(?<space>[ \t]+)|(?<url><[a-z]+:[^>\s]*>)|(?<wide>${cjk}[\p{M}\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]*)|(?<word>(?:(?!${cjk})[^ \t<]|<(?![a-z]+:[^>\s]*>))+)`,
  'giu',
);
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Text → what may be moved to another line. A word wider than `widest` columns is cut. */
export function* textClusters(text: string, widest: number): Generator<TextCluster> {
  let open: { text: string; afterSpace: boolean } | undefined;
  let together = 0;
  let sawSpace = false;
  for (const { groups, 0: token } of text.matchAll(TOKEN)) {
    if (groups?.['space'] !== undefined) {
      sawSpace = true;
      continue;
    }
    const pieces = groups?.['word'] === undefined ? [token] : piecesOf(token, widest);
    for (const piece of pieces) {
      if (open !== undefined && together < MOST_TOGETHER && mustStay(open.text, piece)) {
        open.text += (sawSpace ? ' ' : '') + piece;
        together += 1;
      } else {
        if (open !== undefined) yield sized(open);
        open = { text: piece, afterSpace: sawSpace };
        together = 1;
      }
      sawSpace = false;
    }
  }
  if (open !== undefined) yield sized(open);
}

function mustStay(left: string, right: string): boolean {
  const [beginning = ''] = right;
  return NO_LINE_START.has(beginning) || NO_LINE_END.has(Array.from(left.slice(-2)).at(-1) ?? '');
}

const sized = (cluster: { text: string; afterSpace: boolean }): TextCluster => ({
  ...cluster,
  width: textWidth(cluster.text),
});

function piecesOf(word: string, widest: number): string[] {
  if (textWidth(word) <= widest) return [word];
  const pieces: string[] = [];
  for (let rest = word; rest !== ''; rest = rest.slice(pieces.at(-1)?.length)) {
    pieces.push(beginningOf(rest, widest));
  }
  return pieces;
}

// Segmenting takes time in the square of the length of what it is given: no more than a line can hold.
function beginningOf(word: string, widest: number): string {
  const window = word.slice(0, 8 * widest).replace(/[\ud800-\udbff]$/, '');
  let length = 0;
  let width = 0;
  for (const { segment } of graphemes.segment(window)) {
    width += textWidth(segment);
    if (length > 0 && width > widest) break;
    length += segment.length;
  }
  return word.slice(0, Math.max(length, 1));
}
