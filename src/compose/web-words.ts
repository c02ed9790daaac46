import { LOCALES, type Locale } from '../domain/locale.ts';
import type { Problem } from '../domain/problem.ts';
import { ADMIN_KEYS, type AdminWords } from './admin-keys.ts';
import { ATTENTION_KEYS, type AttentionWords } from './attention-keys.ts';
import { BOARD_KEYS, type BoardWords } from './board-keys.ts';
import { DOOR_KEYS, type DoorWords } from './door-keys.ts';
import { PAGE_KEYS } from './page-keys.ts';
import { readPhrases } from './phrases.ts';
import { READER_KEYS } from './reader-keys.ts';
import { STORY_KEYS, type StoryWords } from './story-keys.ts';
import { loadTemplates } from './template/load-templates.ts';

/**
 * The phrases of everybody's pages (`pages`), of a reader's own (`reader`), of the door itself (`door`), and of the operator's: its frame
 * (`admin`), what it shows (`board`), what is wrong (`attention`), and one reader's story (`story`).
 */
export interface WebWords {
  readonly pages: Readonly<Record<(typeof PAGE_KEYS)[number], string>>;
  readonly reader: Readonly<Record<(typeof READER_KEYS)[number], string>>;
  readonly door: DoorWords;
  readonly admin: AdminWords;
  readonly board: BoardWords;
  readonly attention: AttentionWords;
  readonly story: StoryWords;
}

/** The words of the pages in every language we have, the writer's own where they changed them; or what is wrong with them. */
export async function loadWebWords(writersFolder?: string): Promise<ReadonlyMap<Locale, WebWords> | Problem> {
  const templates = await loadTemplates(writersFolder);
  if ('severity' in templates) return templates;
  const words = new Map<Locale, WebWords>();
  for (const locale of LOCALES) {
    const pages = readPhrases(templates, locale, 'pages', PAGE_KEYS);
    const reader = readPhrases(templates, locale, 'reader', READER_KEYS);
    const door = readPhrases(templates, locale, 'door', DOOR_KEYS);
    const admin = readPhrases(templates, locale, 'admin', ADMIN_KEYS);
    const board = readPhrases(templates, locale, 'board', BOARD_KEYS);
    const attention = readPhrases(templates, locale, 'attention', ATTENTION_KEYS);
    const story = readPhrases(templates, locale, 'story', STORY_KEYS);
    if (isProblem(pages)) return pages;
    if (isProblem(reader)) return reader;
    if (isProblem(door)) return door;
    if (isProblem(admin)) return admin;
    if (isProblem(board)) return board;
    if (isProblem(attention)) return attention;
    if (isProblem(story)) return story;
    words.set(locale, { pages, reader, door, admin, board, attention, story });
  }
  return words;
}

const isProblem = (read: object): read is Problem => 'severity' in read;
