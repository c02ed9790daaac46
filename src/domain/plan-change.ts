import type { IssueId } from './issue.ts';
import { END, START, type Move, type Place, type PlannedIssue } from './plan.ts';

/** What becomes of the readers when a series' issues change from one order to another. */
export interface PlanChange {
  readonly added: readonly IssueId[];
  readonly removed: readonly IssueId[];
  /** Same issue, other text or looks: who has not had it yet gets the new one. */
  readonly edited: readonly IssueId[];
  /** Renames of waiting sets that keep every reader behind what they have had. */
  readonly moves: readonly Move[];
  /** Old issues that readers at `place` would never get under the new order: such a change is refused when anyone stands there. */
  readonly missed: readonly { readonly place: Place; readonly issue: IssueId }[];
  /** New issues that readers at `place` are already past: allowed, and said. */
  readonly passed: readonly { readonly place: Place; readonly issue: IssueId }[];
}

interface Route {
  readonly place: Place;
  readonly to: Place;
  readonly skipped: readonly IssueId[];
}

/** Compares two orders of issues. Retired issues are not part of an order. */
export function changeBetween(before: readonly PlannedIssue[], after: readonly PlannedIssue[]): PlanChange {
  const old = before.map(({ id }) => id);
  const now = after.map(({ id }) => id);
  const places: Place[] = [START, ...old, END];
  const routes = places.map((place) => route(place, old, now));

  return {
    added: now.filter((id) => !old.includes(id)),
    removed: old.filter((id) => !now.includes(id)),
    edited: after.filter((issue) => wasEdited(issue, before)).map(({ id }) => id),
    moves: routes.filter(({ place, to }) => place !== to).map(({ place, to }): Move => ({ from: place, to })),
    missed: routes.flatMap(({ place, skipped }) =>
      skipped.filter((issue) => old.includes(issue)).map((issue) => ({ place, issue })),
    ),
    passed: routes.flatMap(({ place, skipped }) =>
      skipped.filter((issue) => !old.includes(issue)).map((issue) => ({ place, issue })),
    ),
  };
}

/**
 * What readers would never get whose copy of an issue is still under way after it was taken out (`before` has these as retired), when
 * it is put back further on: they would go on from there.
 */
export function missedByLeftovers(
  before: readonly PlannedIssue[],
  after: readonly PlannedIssue[],
): PlanChange['missed'] {
  const now = after.map(({ id }) => id);
  const live = before.filter(({ retired }) => retired === undefined).map(({ id }) => id);
  return before.flatMap(({ id: place, retired }, index) => {
    if (retired === undefined) return [];
    const had = before.slice(0, index).map(({ id }) => id);
    const skipped = now.slice(0, Math.max(0, now.indexOf(place)));
    return skipped.filter((id) => live.includes(id) && !had.includes(id)).map((issue) => ({ place, issue }));
  });
}

/** A reader goes on right after the furthest issue they have had; what the new order puts behind that, they never get. */
function route(place: Place, old: readonly IssueId[], now: readonly IssueId[]): Route {
  const had = hadBefore(place, old);
  const furthest = Math.max(-1, ...had.map((id) => now.indexOf(id)));
  return {
    place,
    to: now[furthest + 1] ?? END,
    skipped: now.slice(0, furthest + 1).filter((id) => !had.includes(id)),
  };
}

function hadBefore(place: Place, old: readonly IssueId[]): readonly IssueId[] {
  if (place === START) return [];
  return place === END ? old : old.slice(0, old.indexOf(place));
}

function wasEdited(issue: PlannedIssue, before: readonly PlannedIssue[]): boolean {
  const earlier = before.find(({ id }) => id === issue.id);
  return earlier !== undefined && earlier.rendered !== issue.rendered;
}
