import type { Page } from '../page/page.ts';
import type { RawField } from './raw-fields.ts';
import type { RawPart } from './raw-parts.ts';

/** A person or list as a header names it, decoded. */
export interface NamedAddress {
  readonly name: string;
  readonly address: string;
}

/** A message as a reader's mail program takes it apart. */
export interface Message {
  /** One character for each byte. */
  readonly raw: string;
  readonly fields: readonly RawField[];
  /** The parts of the multipart body as they lie there; none when it is not a multipart. */
  readonly parts: readonly RawPart[];
  readonly from?: NamedAddress;
  /** Decoded; '' when there is none. */
  readonly subject: string;
  /** Decoded text part; '' when there is none. */
  readonly text: string;
  /** Decoded HTML part; '' when there is none. */
  readonly html: string;
  readonly page: Page;
}

/** The fields of that name, in their order. */
export const fieldsNamed = ({ fields }: Pick<Message, 'fields'>, name: string): RawField[] =>
  fields.filter((field) => field.key === name.toLowerCase());

/** The unfolded value of the first field of that name, or '' when there is none. */
export const valueOf = (message: Pick<Message, 'fields'>, name: string): string =>
  fieldsNamed(message, name)[0]?.value ?? '';
