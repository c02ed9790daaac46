/** How many of the connections that a mail server allows us are for issues, and how many for letters. */
export interface SharedConnections {
  readonly issues: number;
  readonly letters: number;
}

const ONE_IN = 5;
const MOST_FOR_LETTERS = 4;

/**
 * Letters have connections that no broadcast can take, out of those that the operator allows: one more, and a strict server might refuse just
 * the letters. Only where one connection is allowed there are two.
 */
export function shareConnections(allowed: number): SharedConnections {
  const letters = Math.min(MOST_FOR_LETTERS, Math.max(1, Math.floor(allowed / ONE_IN)));
  return { issues: Math.max(1, allowed - letters), letters };
}
