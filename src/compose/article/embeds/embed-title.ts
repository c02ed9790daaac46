import type { Element } from 'hast';
import { attribute } from '../element.ts';

/** What players call themselves when nobody has named them. */
const GENERIC =
  /^(?:(?:youtube|vimeo|bilibili|spotify|soundcloud|dailymotion|codepen|google maps?|embedded|external|html5)?\s*(?:video|audio|music|media|map|pen|embed(?:ded)?|iframe|content|website)?\s*(?:player|frame|embed|content)?|youtube video player|spotify embed\b.*|fullscreen)$/i;

/** The writer's name for something embedded: its `title` or `aria-label`, unless it only says what kind of thing it is. */
export function embedTitle(node: Element): string | undefined {
  const title = (attribute(node, 'title') ?? attribute(node, 'ariaLabel') ?? '').replace(/\s+/g, ' ').trim();
  return GENERIC.test(title) ? undefined : title;
}
