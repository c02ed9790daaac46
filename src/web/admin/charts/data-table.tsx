import type { Child } from 'hono/jsx';

interface DataTableProps {
  /** Of this table among all of the page: what is open stays open when it is brought up to date. */
  readonly id: string;
  readonly summary: string;
  readonly caption: string;
  readonly heads: readonly string[];
  /** The first cell of a row is its head. */
  readonly rows: readonly (readonly Child[])[];
}

/** A chart's numbers, for who does not see it and for who wants to know exactly. */
export const DataTable = ({ id, summary, caption, heads, rows }: DataTableProps) => (
  <details class="as-table" id={id}>
    <summary>{summary}</summary>
    <div class="wide" tabindex={0} role="region" aria-label={caption}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([head, ...cells]) => (
            <tr>
              <th scope="row">{head}</th>
              {cells.map((cell) => (
                <td>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </details>
);
