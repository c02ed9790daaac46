import { isMeant, type Failure, type FailureFilter } from '../../domain/failure.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { Store } from '../../store/open-store.ts';

/** Who was put off, refused, or is in doubt, a page at a time, in no particular order. */
export async function* listFailures(
  { store }: { store: Store },
  plan: SeriesPlan,
  filter: FailureFilter,
): AsyncGenerator<Failure[]> {
  for await (const page of store.failures.list(plan, filter.issue)) {
    const meant = page.filter((failure) => isMeant(failure, filter));
    if (meant.length > 0) yield meant;
  }
}
