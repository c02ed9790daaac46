/** A message that cannot be sent to anybody as it is. */
export interface RefusedMessage {
  readonly kind: 'refused';
  /** What is wrong, where, and what to do: one or two sentences. */
  readonly reason: string;
}
