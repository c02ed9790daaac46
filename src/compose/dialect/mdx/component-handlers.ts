import type { TagHandler, TagHandlers } from '../template-tag.ts';
import { boxComponents } from './box-components.ts';
import { embedComponents } from './embed-components.ts';
import { pictureComponents } from './picture-components.ts';
import { textComponents } from './text-components.ts';

const HANDLERS: TagHandlers = {
  ...boxComponents,
  ...embedComponents,
  ...pictureComponents,
  ...textComponents,
};

/** The handler for a component's name as themes and libraries use it: `LinkCard`, `Tabs.Tab`. */
export function componentHandler(name: string): TagHandler | undefined {
  const whole = name.toLowerCase();
  const last = whole.slice(whole.lastIndexOf('.') + 1);
  const known = [whole, last].find((one) => Object.hasOwn(HANDLERS, one));
  return known === undefined ? undefined : HANDLERS[known];
}
