import { FAILPOINTS, type Mishap } from './failpoint.ts';

const MISHAP = /^([a-z.]+)@(\d{1,6})=(kill|throw|delay)(?::(\d{1,6}))?$/;

/** `claim.made@3=kill,settle.before@1=delay:500` → what is to go wrong where; undefined = cannot be read, or there is no such place. */
export function parseMishaps(text: string): Mishap[] | undefined {
  const mishaps = text.split(',').map(parseMishap);
  return mishaps.every((mishap) => mishap !== undefined) ? mishaps : undefined;
}

function parseMishap(text: string): Mishap | undefined {
  const [, name, hit, kind, ms = '0'] = MISHAP.exec(text.trim()) ?? [];
  const at = FAILPOINTS.find((failpoint) => failpoint === name);
  if (at === undefined || (kind !== 'kill' && kind !== 'throw' && kind !== 'delay')) return undefined;
  return { at, hit: Number(hit), kind, ms: Number(ms) };
}
