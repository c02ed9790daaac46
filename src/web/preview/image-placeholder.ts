import { escapeHtml } from '../../domain/escape-html.ts';
import type { ImageTag } from './image-tags.ts';
import type { Scheme } from './preview-view.ts';

const UNKNOWN_SIZE = { width: 350, height: 175 };
const SMALLEST_WITH_WORDS = { width: 140, height: 40 };
const LINE_PX = 20;
const LETTER_PX = 7.5;
const SIDES_PX = 24;
const COLOURS: Readonly<Record<Scheme, { ground: string; line: string; words: string }>> = {
  light: { ground: '#efece4', line: '#b9b3a6', words: '#5b564c' },
  dark: { ground: '#26282b', line: '#5a5c60', words: '#b8b3a9' },
};

/** A box in the place of an image that is not on this machine, as a `data:` address: as large, with where it is and what it shows. */
export function imagePlaceholder(image: ImageTag, scheme: Scheme): string {
  const { width, height } = { ...UNKNOWN_SIZE, ...sizeOf(image) };
  const { ground, line, words } = COLOURS[scheme];
  const lines = isLargeEnough(width, height) ? wordsOf(image).slice(0, Math.floor(height / LINE_PX)) : [];
  const top = height / 2 - ((lines.length - 1) * LINE_PX) / 2;
  const texts = lines.map(
    (text, index) =>
      `<text x="50%" y="${top + index * LINE_PX}" dominant-baseline="middle" text-anchor="middle">${escapeHtml(shorten(text, width))}</text>`,
  );
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" fill="${ground}" stroke="${line}" stroke-dasharray="4 4"/>` +
    `<g font-family="system-ui, sans-serif" font-size="13" fill="${words}">${texts.join('')}</g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** With one of the two only, an image of usual proportions. */
function sizeOf({ width, height }: ImageTag): { width?: number; height?: number } {
  if (width !== undefined) return { width, height: height ?? Math.round(width / 2) };
  return height === undefined ? {} : { width: height * 2, height };
}

const isLargeEnough = (width: number, height: number): boolean =>
  width >= SMALLEST_WITH_WORDS.width && height >= SMALLEST_WITH_WORDS.height;

function wordsOf({ src, alt, width, height }: ImageTag): string[] {
  const size = width === undefined || height === undefined ? 'size unknown' : `${width} × ${height}`;
  const host = URL.canParse(src) ? new URL(src).host : 'elsewhere';
  return [`Not fetched: ${host}`, size, ...(alt === '' ? [] : [`“${alt}”`])];
}

/** Letters beyond Latin are about twice as wide. */
function shorten(text: string, width: number): string {
  let room = (width - SIDES_PX) / LETTER_PX;
  let shown = '';
  for (const letter of text) {
    room -= /[\u0020-\u024f]/.test(letter) ? 1 : 2;
    if (room < 1) return `${shown}…`;
    shown += letter;
  }
  return shown;
}
