import type { Element } from 'hast';
import { textOf } from './element.ts';
import type { BodyProblem } from './report-in-body.ts';

const shown = (words: string): string => {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
};

export const leadsNowhere = (link: Element): BodyProblem => ({
  rule: 'empty-link',
  message: `The link "${shown(textOf(link))}" has no address, so only its words were kept.`,
  fix: 'Write the address between the parentheses, or take the brackets away.',
});

export const withoutWords = (href: string): BodyProblem => ({
  rule: 'empty-link',
  message: `The link to "${shown(href)}" has no words, so nobody can see it, and it was left out.`,
  fix: 'Write the words to click on between the brackets.',
});

export const pictureWithoutWords = (href: string): BodyProblem => ({
  rule: 'alt-text',
  message: `The link to "${shown(href)}" is only an image without alternative text, so it cannot be read out or used with images off.`,
  fix: 'Say where the link leads in the alternative text of the image.',
});

export const toNoAnchor = (id: string): BodyProblem => ({
  rule: 'broken-anchor',
  message: `The link "#${shown(id)}" leads to no heading of this post.`,
  fix: 'Check the spelling of the heading, or link to another page by its whole address.',
});
