import stringWidth from 'string-width';

const SEQUENCE = /\u001b\[(?<params>[?0-9;]*)(?<final>[A-Za-z])|\u001b(?<other>.)|(?<text>[^\u001b]+)/gsu;

/** As much of a terminal as a full-screen program needs: two screens, a cursor that is placed, lines and screens that are erased. */
export class TinyTerminal {
  #columns: number;
  #rows: number;
  #lines: string[][] = [];
  #row = 0;
  #column = 0;
  isAlternate = false;
  hasCursor = true;
  wraps = true;
  /** Everything that was written on the alternate screen that this does not know. */
  readonly strange: string[] = [];

  constructor(columns: number, rows: number) {
    [this.#columns, this.#rows] = [columns, rows];
    this.#clear();
  }

  resize(columns: number, rows: number): void {
    [this.#columns, this.#rows] = [columns, rows];
    this.#lines = Array.from({ length: rows }, (_, row) => (this.#lines[row] ?? []).slice(0, columns));
  }

  write(bytes: string): void {
    for (const { groups = {} } of bytes.matchAll(SEQUENCE)) {
      const { params = '', final, other, text } = groups;
      if (text !== undefined) this.#type(text);
      else if (final !== undefined) this.#obey(params, final);
      else this.strange.push(`ESC ${other}`);
    }
  }

  /** The rows as they are seen, without spaces at their ends. */
  get screen(): string[] {
    return this.#lines.map((cells) =>
      Array.from(cells, (cell) => cell ?? ' ')
        .join('')
        .trimEnd(),
    );
  }

  #obey(params: string, final: string): void {
    if (final === 'm') return;
    if (final === 'H') {
      const [row = 1, column = 1] = params.split(';').filter(Boolean).map(Number);
      [this.#row, this.#column] = [row - 1, column - 1];
    } else if (final === 'K') this.#line().splice(Math.min(this.#column, this.#columns - 1));
    else if (final === 'J') this.#clear();
    else if (final === 'h' || final === 'l') this.#set(params, final === 'h');
    else this.strange.push(`ESC [ ${params} ${final}`);
  }

  #set(mode: string, isOn: boolean): void {
    if (mode === '?25') this.hasCursor = isOn;
    else if (mode === '?7') this.wraps = isOn;
    else if (mode === '?1049') {
      this.isAlternate = isOn;
      this.#clear();
    } else if (mode !== '?2026') this.strange.push(`mode ${mode}`);
  }

  #type(text: string): void {
    for (const character of text) {
      if (character === '\r') this.#column = 0;
      else if (character === '\n') this.#row = Math.min(this.#rows - 1, this.#row + 1);
      else this.#put(character);
    }
  }

  #put(character: string): void {
    const width = stringWidth(character);
    const line = this.#line();
    while (line.length < this.#column) line.push(' ');
    if (width === 0) return;
    if (this.#column + width > this.#columns) {
      // Elsewhere a line that is too long goes on in the next one; nobody looks there.
      if (this.isAlternate) this.strange.push(`no room for ${character} in row ${this.#row + 1}`);
      return;
    }
    line.splice(this.#column, width, character, ...Array.from({ length: width - 1 }, () => ''));
    this.#column += width;
  }

  #line(): string[] {
    return (this.#lines[this.#row] ??= []);
  }

  #clear(): void {
    this.#lines = Array.from({ length: this.#rows }, () => []);
    [this.#row, this.#column] = [0, 0];
  }
}
