import type { Every } from '../domain/cadence.ts';
import { formatEvery, parseEvery } from '../domain/every.ts';
import type { Complaints } from './complaints.ts';
import type { Field, Value } from './front-matter-value.ts';

const HOW = 'Write gaps like `1d`, `2w`, `weekdays` or `"mon,thu"`; `paces: []` leaves no choice.';

/** `paces:`, the gaps a reader may choose instead of the series' own; undefined when nothing is said, which is not the same as none. */
export function readPaces(field: Field | undefined, complaints: Complaints): readonly Every[] | undefined {
  if (field === undefined) return undefined;
  if (field.value.kind === 'map') {
    complaints.error(field.line, '`paces` must be a list of gaps, but it is a map.', HOW);
    return undefined;
  }
  const items = field.value.kind === 'list' ? field.value.items : [field.value];
  const paces = items.map((item) => paceIn(item, complaints)).filter((pace) => pace !== undefined);
  return [...new Map(paces.map((pace) => [formatEvery(pace), pace])).values()];
}

function paceIn(item: Value, complaints: Complaints): Every | undefined {
  if (item.kind !== 'scalar') {
    complaints.error(item.line, 'An entry of `paces` must be a gap.', HOW);
    return undefined;
  }
  const pace = parseEvery(item.text);
  if (pace === undefined)
    complaints.error(item.line, `\`paces\` has \`${item.text}\`, which is not a gap.`, HOW);
  return pace;
}
