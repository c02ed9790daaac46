import type { AdminSession } from './session.ts';

/** The name of the field; the guard reads it before any page does. */
export const CSRF_FIELD = 'csrf';

/** Stands in every form of the dashboard that posts. */
export const CsrfField = ({ session }: { readonly session: AdminSession }) => (
  <input type="hidden" name={CSRF_FIELD} value={session.csrf} />
);
