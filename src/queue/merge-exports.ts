/** Allowed by the format, and not understood by every reader of it. */
const SPACE_BETWEEN_LABELS = /(?<="), (?=\w+=")/g;
const NAME = /^(?:# (?:HELP|TYPE) )?(?<name>[a-zA-Z_:][\w:]*)/;

/**
 * Several texts in Prometheus' format as one, in which all lines of a metric stand together under one HELP and one TYPE. BullMQ writes
 * them anew for each queue, which strict readers refuse.
 */
export function mergeExports(texts: readonly string[]): string {
  const families = new Map<string, Set<string>>();
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    const name = NAME.exec(line)?.groups?.['name'];
    if (name === undefined) continue;
    families.set(name, (families.get(name) ?? new Set()).add(line.replace(SPACE_BETWEEN_LABELS, ',')));
  }
  return [...families.values()].map((lines) => `${[...lines].join('\n')}\n`).join('\n');
}
