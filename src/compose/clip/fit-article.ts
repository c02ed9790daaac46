import type { Element, Root } from 'hast';
import { element, isBlank, text } from '../article/element.ts';
import type { Problem } from '../../domain/problem.ts';
import { splitSlots, type SlotMarks } from '../slot-marks.ts';
import { apartFromNotes } from './article-notes.ts';
import { articleRoom, type Weigh } from './article-room.ts';
import { cutArticle, lineOfCut, shareOf } from './cut-article.ts';
import { guessedBytes } from './guess-bytes.ts';
import { mailedBytes, MOST_HTML } from './mail-size.ts';
import { markBlocks, weighBlocks } from './weigh-blocks.ts';

/** An article as it is mailed. */
export interface FittedArticle {
  readonly tree: Root;
  readonly html: string;
  /** Present when only its beginning fits. */
  readonly cut?: ArticleCut;
}

export interface ArticleCut {
  /** Of the article's text, 0 to 1. */
  readonly share: number;
  /** What the HTML would be if it were whole, in bytes; absent when that was too much to find out. */
  readonly wholeBytes?: number;
  /** 1-based line of the post's body at which it goes on. */
  readonly line?: number;
}

export interface FitTools {
  /** An article in the series' template. */
  readonly renderHtml: (article: Root, isCut: boolean) => Promise<string | Problem[]>;
  readonly slots: SlotMarks;
  /** Where the whole issue is, and the words of the link to it. */
  readonly webUrl: string;
  readonly readOn: string;
}

/** So much does not fit whatever the template; compiling it whole would take seconds. */
const HOPELESS = 2.5 * MOST_HTML;
/** So much is compiled to learn what blocks take: more than fits, for it is measured by guesses. */
const MEASURED = 1.5 * MOST_HTML;

/** What the joint of a cut may cost more than the sum of its parts: a block that a template opens and closes once more. */
const JOINT = 600;
const MOST_TRIES = 3;

/**
 * Puts an article into its template, and cuts it where it would be clipped: at the end of a block, with a link to the rest. Footnotes of what
 * is kept stay. Compiles once when it fits, three times as a rule when it does not. A template that leaves an article no room is not obeyed.
 */
export async function fitArticle(article: Root, tools: FitTools): Promise<FittedArticle | Problem[]> {
  const guess = article.children.reduce((sum, node) => sum + guessedBytes(node), 0);
  const whole = guess > HOPELESS ? undefined : await tools.renderHtml(article, false);
  if (Array.isArray(whole)) return whole;
  const wholeBytes = whole === undefined ? undefined : bytesOf(whole, tools);
  if (whole !== undefined && wholeBytes !== undefined && wholeBytes <= MOST_HTML) {
    return { tree: article, html: whole };
  }

  const cut = await cutToFit(article, tools);
  if (Array.isArray(cut)) return cut;
  if (cut !== undefined) return wholeBytes === undefined ? cut : { ...cut, cut: { ...cut.cut, wholeBytes } };
  const html = whole ?? (await tools.renderHtml(article, false));
  return Array.isArray(html) ? html : { tree: article, html };
}

type Parts = ReturnType<typeof apartFromNotes>;

type CutArticle = FittedArticle & { readonly cut: ArticleCut };

async function cutToFit(article: Root, tools: FitTools): Promise<CutArticle | Problem[] | undefined> {
  const parts = apartFromNotes(article);
  const scales = await scalesFor(parts, tools);
  if (scales === undefined || Array.isArray(scales)) return scales;

  let bytes = MOST_HTML - scales.frame - JOINT;
  for (let tries = 0; tries < MOST_TRIES && bytes > 0; tries++) {
    const body = cutArticle(parts.body, articleRoom(bytes, scales.weigh, parts.notes));
    const tree = joined(body, readOnLink(tools), ...notesUnder(body, parts));
    const html = await tools.renderHtml(tree, true);
    if (Array.isArray(html)) return html;
    const over = bytesOf(html, tools) - MOST_HTML;
    if (over <= 0) return { tree, html, cut: cutOf(body, parts.body) };
    bytes -= over + JOINT;
  }
  return undefined;
}

interface Scales {
  readonly weigh: Weigh;
  /** Bytes of a mail with nothing of the article but the link to it. */
  readonly frame: number;
}

async function scalesFor(parts: Parts, tools: FitTools): Promise<Scales | Problem[] | undefined> {
  const mark = tools.slots.article;
  const endMark = `${mark}end`;
  const body = cutArticle(parts.body, articleRoom(MEASURED, guessedBytes));
  const whole = joined(body, ...notesUnder(body, parts));
  const blocks = markBlocks(whole, mark);
  const html = await tools.renderHtml(joined(blocks.marked, readOnLink(tools, endMark)), true);
  if (Array.isArray(html)) return html;

  const weights = weighBlocks(html, blocks, mark, endMark);
  if (weights === undefined) return undefined;
  const taken = whole.children.filter((block) => !isBlank(block)).map(weights.weigh);
  const frame = bytesOf(weights.html, tools) - taken.reduce((sum, bytes) => sum + bytes, 0);
  return { weigh: weights.weigh, frame };
}

function notesUnder(body: Root, { notes }: Parts): Element[] {
  const section = notes.sectionOf(notes.referencedIn(body));
  return section === undefined ? [] : [section];
}

const joined = (tree: Root, ...more: Element[]): Root => ({ ...tree, children: [...tree.children, ...more] });

const readOnLink = ({ webUrl, readOn }: FitTools, mark = ''): Element =>
  element('p', {}, [element('a', { href: webUrl, className: ['button'] }, [text(mark + readOn)])]);

const bytesOf = (html: string, { slots }: FitTools): number => mailedBytes(splitSlots(html, slots));

function cutOf(beginning: Root, body: Root): ArticleCut {
  const line = lineOfCut(beginning, body);
  return { share: shareOf(beginning, body), ...(line === undefined ? {} : { line }) };
}
