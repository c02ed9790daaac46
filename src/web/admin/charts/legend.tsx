interface LegendProps {
  /** In the order they are drawn; the kind is also the colour. */
  readonly entries: readonly { readonly kind: string; readonly name: string; readonly value?: string }[];
}

/** What each colour means. Where it has numbers as well, nobody needs the colours. */
export const Legend = ({ entries }: LegendProps) => (
  <ul class="legend">
    {entries.map(({ kind, name, value }) => (
      <li>
        <svg class="legend-mark" width="10" height="10" aria-hidden="true">
          <rect class={`kind-${kind}`} width="10" height="10" rx="2" />
        </svg>
        {name}
        {value !== undefined && <b>{value}</b>}
      </li>
    ))}
  </ul>
);
