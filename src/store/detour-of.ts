import type { Place } from '../domain/plan.ts';

/** What the hash `detours` has of a reader, as a subscription has it. */
export const detourOf = (json: string | null): { readonly detour?: readonly Place[] } =>
  json === null ? {} : { detour: JSON.parse(json) as Place[] };
