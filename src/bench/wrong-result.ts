/** A run did not do what it was to do, so that its figures mean nothing. */
export class WrongResult extends Error {
  override readonly name = 'WrongResult';
}
