import type { SlotName, Slotted } from '../domain/rendered-issue.ts';
import { isSlotName, type SlotValues } from './slot-values.ts';

/**
 * A body with open slots, encoded once for all readers. Base64 turns three bytes into four characters, so the text after a
 * slot comes out in one of three ways, by how many bytes stand before it; all three are kept ready, and only the slots
 * and the up to two bytes on each side of them are encoded for a reader. Lines may be shorter than 76.
 */
export interface SplicedBase64 {
  /** No more than this many bytes are written for these values. */
  sizeFor(values: SlotValues): number;
  /** Writes the body with a line end behind each line and returns the offset after it. */
  write(target: Buffer, offset: number, values: SlotValues): number;
}

/** A literal for one of the three phases: `head` completes the last triplet, `tail` begins the next. */
interface Phase {
  readonly head: Buffer;
  readonly main: Buffer;
  readonly tail: Buffer;
}

interface Piece {
  readonly phases: readonly Phase[];
  /** What follows the literal; absent after the last one. */
  readonly slot?: SlotName;
}

const BYTES_PER_LINE = 57;
const LINE = 76 + 2;
const CR = 0x0d;
const LF = 0x0a;
const PADDING = 0x3d;
const DIGITS = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 'latin1');
// Bytes of literals that are encoded together with a slot: at most two before it and four after it.
const LITERAL_AROUND_SLOT = 8;

let scratch = Buffer.allocUnsafeSlow(4096);

/** Throws on a slot that is not one of `SlotName`: whoever rendered the body and we must agree on them. */
export function spliceBase64(body: Slotted): SplicedBase64 {
  const pieces = piecesOf(body);
  const literals = sum(pieces.map(({ phases }) => Math.max(...phases.map(({ main }) => main.length))));
  const slots = pieces.flatMap(({ slot }) => (slot === undefined ? [] : [slot]));

  const scratchFor = (values: SlotValues): number =>
    sum(slots.map((slot) => values[slot].length * 3 + LITERAL_AROUND_SLOT)) + LITERAL_AROUND_SLOT;
  return {
    sizeFor: (values) =>
      literals + (Math.ceil(scratchFor(values) / BYTES_PER_LINE) + slots.length + 1) * LINE,
    write(target, offset, values) {
      const size = scratchFor(values);
      if (scratch.length < size) scratch = Buffer.allocUnsafeSlow(size * 2);
      return splice(pieces, target, offset, values);
    },
  };
}

function piecesOf(body: Slotted): Piece[] {
  const pieces: Piece[] = [];
  for (let index = 0; index < body.length || index === 0; index += 2) {
    const literal = Buffer.from((body[index] ?? '').replace(/\r\n|\r|\n/g, '\r\n'));
    const slot = body[index + 1];
    if (slot !== undefined && !isSlotName(slot)) throw new Error(`There is no slot named "${slot}".`);
    const last = index + 1 >= body.length;
    const phases = [0, 1, 2].map((before) => phaseOf(literal, before, last));
    pieces.push({ phases, ...(slot === undefined ? {} : { slot }) });
  }
  // A body that ends in a slot still needs something to flush after it.
  if (pieces.at(-1)?.slot !== undefined) pieces.push(...piecesOf(['']));
  return pieces;
}

function phaseOf(literal: Buffer, before: number, last: boolean): Phase {
  const headLength = (3 - before) % 3;
  const rest = literal.subarray(headLength);
  const tailLength = last ? 0 : rest.length % 3;
  const main = rest.subarray(0, rest.length - tailLength);
  // Too short to reach a whole triplet of its own: all of it is encoded with the slots around it.
  if (main.length === 0) return { head: literal, main, tail: main };
  return {
    head: literal.subarray(0, headLength),
    main: Buffer.from(main.toString('base64').replace(/.{1,76}/g, '$&\r\n'), 'latin1'),
    tail: rest.subarray(rest.length - tailLength),
  };
}

function splice(pieces: readonly Piece[], target: Buffer, offset: number, values: SlotValues): number {
  let end = offset;
  let held = 0;
  for (const { phases, slot } of pieces) {
    const { head, main, tail } = phases[held % 3] as Phase;
    held += head.copy(scratch, held);
    if (main.length > 0 || slot === undefined) {
      end = encode(held, target, end);
      end += main.copy(target, end);
      held = tail.copy(scratch);
    }
    if (slot !== undefined) held += scratch.write(values[slot], held);
  }
  return end;
}

/** Node's own encoder makes strings: with it a body takes half as long again. What is missing of the last triplet is zero (RFC 4648 §4). */
function encode(length: number, target: Buffer, offset: number): number {
  let end = offset;
  scratch[length] = 0;
  scratch[length + 1] = 0;
  for (let at = 0; at < length; at += 3) {
    const bits = (byteAt(at) << 16) | (byteAt(at + 1) << 8) | byteAt(at + 2);
    target[end++] = digitOf(bits >> 18);
    target[end++] = digitOf(bits >> 12);
    target[end++] = digitOf(bits >> 6);
    target[end++] = digitOf(bits);
    const next = at + 3;
    if (next > length) target.fill(PADDING, end - (next - length), end);
    if (next >= length || next % BYTES_PER_LINE === 0) {
      target[end++] = CR;
      target[end++] = LF;
    }
  }
  return end;
}

const byteAt = (index: number): number => scratch[index] as number;

const digitOf = (bits: number): number => DIGITS[bits & 63] as number;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
