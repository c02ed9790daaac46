/** An error in a few words, for a log or a message. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
