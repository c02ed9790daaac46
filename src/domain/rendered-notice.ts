/** A notice as a mail says it. */
export interface RenderedNotice {
  readonly subject: string;
  /** BCP 47. */
  readonly language: string;
  readonly text: string;
  readonly html: string;
}
