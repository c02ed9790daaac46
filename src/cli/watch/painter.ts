/** Takes a frame as a whole, where the terminal can: nobody sees half of it. Others pass over it. */
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';
const CLEAR = '\u001b[2J';
// Before the line, not behind it: there it would take the last column of a full line.
const ERASE = '\u001b[K';

/** Turns frames into what has to be written so that they are seen: the lines that changed. */
export class Painter {
  #shown: readonly string[] | undefined;

  /** '' = nothing changed. */
  paint(lines: readonly string[]): string {
    const shown = this.#shown;
    this.#shown = lines;
    const isAnew = shown === undefined || shown.length !== lines.length;
    const changed = lines.flatMap((line, row) =>
      isAnew || shown[row] !== line ? [`\u001b[${row + 1};1H${ERASE}${line}`] : [],
    );
    return changed.length === 0 ? '' : `${BEGIN}${isAnew ? CLEAR : ''}${changed.join('')}${END}`;
  }

  /** The next frame is written as a whole: the screen was resized, or others wrote on it. */
  forget(): void {
    this.#shown = undefined;
  }
}
