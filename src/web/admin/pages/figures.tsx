import type { Child } from 'hono/jsx';

interface FigureProps {
  readonly name: string;
  readonly value: string;
  /** Small, below it. */
  readonly note?: Child;
  /** The one number to see from across the room. */
  readonly isBig?: boolean;
  /** Something is late or wrong. */
  readonly isGrave?: boolean;
  readonly children?: Child;
}

/** One number with its name, in a `<dl class="figures">`. */
export const Figure = ({ name, value, note, isBig, isGrave, children }: FigureProps) => (
  <div class={`figure${isBig === true ? ' figure-big' : ''}${isGrave === true ? ' figure-grave' : ''}`}>
    <dt>{name}</dt>
    <dd>
      <span class="figure-value">{value}</span>
      {note !== undefined && <span class="figure-note">{note}</span>}
      {children}
    </dd>
  </div>
);
