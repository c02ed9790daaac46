import type { Link } from 'mdast';
import { WEB_VERSION } from '../article/link-target.ts';
import type { Words } from '../words.ts';

/** What stands in the mail for a part that only the web can show. */
export const seeOnWeb = (words: Words): Link => ({
  type: 'link',
  url: WEB_VERSION,
  children: [{ type: 'text', value: words.seeOnWeb }],
});
