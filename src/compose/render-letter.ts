import type { LetterSlot, RenderedLetter } from '../domain/letter.ts';
import type { Problem } from '../domain/problem.ts';
import { LETTER_KEYS } from './letter-keys.ts';
import { letterView, type LetterTopic, type LetterView } from './letter-view.ts';
import { readPhrases } from './phrases.ts';
import { marksFor, splitSlots } from './slot-marks.ts';
import { compileMjml } from './template/compile-mjml.ts';
import { mjmlProblems } from './template/mjml-problems.ts';
import type { Stationery } from './template/stationery.ts';
import { tidyText } from './text/tidy-text.ts';
import { areWritersWords } from './words.ts';

export interface LetterSettings {
  /** Where readers reach Partwork, without a trailing slash. */
  readonly baseUrl: string;
  /** One line per line; '' for none. */
  readonly postalAddress: string;
}

const SLOTS: readonly LetterSlot[] = ['greeting', 'actionUrl', 'readerUrl', 'unsubscribeUrl'];

/** A letter on the stationery: both parts with open slots, or what is wrong with the templates or words. */
export async function renderLetter(
  topic: LetterTopic,
  stationery: Stationery,
  settings: LetterSettings,
): Promise<RenderedLetter | readonly Problem[]> {
  const { templates } = stationery;
  const words = readPhrases(templates, topic.locale, 'letters', LETTER_KEYS);
  if (isProblem(words)) return [words];
  const greetings = stationery.words(topic.locale);
  if (isProblem(greetings)) return [greetings];

  const marks = marksFor(SLOTS, JSON.stringify([topic, settings, words]));
  const wordsAreWriters = areWritersWords(templates, topic.locale);
  const view = letterView(topic, { ...settings, words, wordsAreWriters, marks });
  const html = await htmlOf(view, stationery);
  if (typeof html !== 'string') return html;
  const text = await stationery.engine.fillText('letter.text', view);
  if (typeof text !== 'string') return [text];
  const parts = { html: splitSlots(html, marks), text: splitSlots(tidyText(text), marks) };
  if (!parts.html.includes('actionUrl')) return [withoutLink('letter.mjml.liquid', templates)];
  if (!parts.text.includes('actionUrl')) return [withoutLink('letter.text.liquid', templates)];
  return {
    subject: view.letter.subject,
    language: view.language,
    ...parts,
    greeting: { named: greetings.greetingNamed, plain: greetings.greetingPlain },
  };
}

async function htmlOf(view: LetterView, { engine, templates }: Stationery): Promise<string | Problem[]> {
  const mjml = await engine.fillMarkup('letter.mjml', view);
  if (typeof mjml !== 'string') return [mjml];
  const compiled = await compileMjml(mjml);
  return 'html' in compiled
    ? compiled.html
    : mjmlProblems(compiled.faults, mjml, templates, 'letter.mjml.liquid');
}

/** Without it nobody could do what the letter is about. */
const withoutLink = (name: string, templates: Stationery['templates']): Problem => ({
  severity: 'error',
  file: templates.get(name)?.shownPath ?? name,
  rule: 'letter-link',
  message: 'This template makes a letter without the link that it is for.',
  fix: 'Show `slots.actionUrl` in it.',
});

const isProblem = (read: object): read is Problem => 'severity' in read;
