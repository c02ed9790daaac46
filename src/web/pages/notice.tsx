import type { Child } from 'hono/jsx';

interface NoticeProps {
  /** `done` for what has happened, `problem` for what has to be mended, `plain` for what is only good to know. */
  readonly kind?: 'done' | 'problem' | 'plain';
  readonly title?: string;
  readonly children?: Child;
}

/** A box with news for the reader; a screen reader says `done` and `problem` at once. */
export const Notice = ({ kind = 'plain', title, children }: NoticeProps) => (
  <div class={`notice notice-${kind}`} role={ROLES[kind]}>
    {title !== undefined && <p class="notice-title">{title}</p>}
    {children}
  </div>
);

const ROLES = { done: 'status', problem: 'alert', plain: undefined } as const;
