import { html } from 'hono/html';
import type { Child } from 'hono/jsx';

/** The parts of a page that are brought up to date by themselves, by name. */
export type Fragments = Readonly<Record<string, Child>>;

interface LivePartProps {
  readonly name: string;
  readonly fragments: Fragments;
  readonly class?: string;
}

/** Where a fragment stands: `board.js` puts a newer one into it. */
export const LivePart = ({ name, fragments, class: className }: LivePartProps) => (
  <div id={partId(name)} class={className}>
    {fragments[name]}
  </div>
);

export const partId = (name: string): string => `live-${name}`;

/** The HTML of each fragment, by the id of where it stands. */
export async function renderFragments(fragments: Fragments): Promise<ReadonlyMap<string, string>> {
  const rendered = await Promise.all(
    Object.entries(fragments).map(
      async ([name, child]) => [partId(name), String(await html`${child}`)] as const,
    ),
  );
  return new Map(rendered);
}
