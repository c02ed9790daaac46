import type { Instead } from '../not-understood.ts';
import type { TemplateTag } from '../template-tag.ts';

/** Tags of Liquid and Nunjucks that decide what is shown, so that their inside may be meant for nobody. */
const DECIDING = new Set(
  'if unless case for tablerow capture macro call filter block cache ifchanged while switch set paginate'.split(
    ' ',
  ),
);

/** Tags that by themselves show nothing. */
const SILENT = new Set(
  'assign set increment decrement import from extends else elsif elseif elif when break continue cycle layout liquid'.split(
    ' ',
  ),
);

/** What is best left where a tag stood that is not understood. */
export function insteadOf({ syntax, name, named, inner }: TemplateTag): Instead {
  const isLiquid = syntax === 'liquid';
  if (isLiquid && inner === undefined && SILENT.has(name)) return 'nothing';
  if (syntax === 'directive' && (named['title'] ?? '') !== '') return 'inner';
  const isEmpty = inner === undefined || inner.text.trim() === '';
  if (isLiquid && DECIDING.has(name)) return 'link';
  return isEmpty ? (syntax === 'directive' && inner === undefined ? 'nothing' : 'link') : 'inner';
}
