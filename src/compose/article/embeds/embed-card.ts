import { domainToUnicode } from 'node:url';
import type { Element } from 'hast';
import { isChinese, localeOf } from '../../../domain/locale.ts';
import { filledIn } from '../../../domain/filled-in.ts';
import { element, text } from '../element.ts';
import { WEB_VERSION } from '../link-target.ts';
import type { EmbedContext } from './embed-context.ts';

interface LinkCard {
  readonly href: string;
  /** What to click on. */
  readonly words: string;
  /** What the thing is called, above the link. */
  readonly title?: string | undefined;
}

interface Poster {
  readonly src: string;
  readonly width?: number;
  readonly height?: number;
}

interface PosterCard extends LinkCard {
  readonly poster: Poster;
}

/** A box with a link to what a mail cannot play or run. */
export const linkCard = ({ href, words, title }: LinkCard): Element =>
  card([...(title === undefined ? [] : [titleLine([text(title)])]), element('p', {}, [linkTo(href, words)])]);

/** A picture that is a link, and the same link in words for readers who see no pictures. */
export const posterCard = ({ href, words, title, poster }: PosterCard, at: Element): Element => {
  const image = element('img', { ...poster, alt: title ?? words }, []);
  if (at.position !== undefined) image.position = at.position;
  return card([element('p', {}, [element('a', { href }, [image])]), titleLine([linkTo(href, words)])]);
};

export const webVersionLink = ({ words }: EmbedContext, shown = words.seeOnWeb): Element =>
  linkTo(WEB_VERSION, shown);

export const webVersionCard = (context: EmbedContext, words: string, title?: string): Element =>
  linkCard({ href: WEB_VERSION, words: words || context.words.seeOnWeb, title });

/** `Open on vimeo.com`. */
export const openOn = (phrase: string, href: string): string => {
  const { hostname } = new URL(href);
  return filledIn(phrase, { host: domainToUnicode(hostname).replace(/^(?:www|m)\./, '') });
};

/** `Watch the video: Frost`, with the colon of the reader's language. */
export const withTitle = (phrase: string, title: string | undefined, { place }: EmbedContext): string => {
  const colon = isChinese(localeOf(place.series.language)) ? '：' : ': ';
  return title === undefined ? phrase : phrase + colon + title;
};

const card = (children: Element[]): Element => element('div', { className: ['embed'] }, children);

const titleLine = (children: Element['children']): Element =>
  element('p', { className: ['embed-title'] }, children);

const linkTo = (href: string, words: string): Element => element('a', { href }, [text(words)]);
