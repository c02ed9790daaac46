import type { Child } from 'hono/jsx';

interface ButtonFormProps {
  /** Where it posts to: a path of ours. */
  readonly action: string;
  /** What the button says. */
  readonly label: string;
  /** `main` for what the page is for, `plain` beside it, `grave` for what cannot be taken back, `link` for what is rarely wanted. */
  readonly kind?: 'main' | 'plain' | 'grave' | 'link';
  /** Fields that nobody sees. */
  readonly hidden?: Readonly<Record<string, string>>;
  /** Fields before the button. */
  readonly children?: Child;
}

/** A form that does one thing. */
export const ButtonForm = ({ action, label, kind = 'main', hidden = {}, children }: ButtonFormProps) => (
  <form method="post" action={action} class="button-form">
    {Object.entries(hidden).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    {children}
    <button type="submit" class={`button button-${kind}`}>
      {label}
    </button>
  </form>
);
