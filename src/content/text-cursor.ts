/** A place in a text that moves forward only, and knows its line. */
export class TextCursor {
  /** 1-based. */
  line = 1;
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Whether the text goes on with this sign, which is passed then. */
  accepts(sign: string): boolean {
    if (!this.text.startsWith(sign, this.at)) return false;
    this.pass(sign.length);
    return true;
  }

  /** What a sticky pattern finds right here, passing it. */
  take(pattern: RegExp): string | undefined {
    const found = this.peek(pattern);
    this.pass(found?.length ?? 0);
    return found;
  }

  peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }

  passAll(): void {
    this.pass(this.text.length - this.at);
  }

  private pass(length: number): void {
    const end = this.at + length;
    for (let i = this.text.indexOf('\n', this.at); i >= 0 && i < end; i = this.text.indexOf('\n', i + 1))
      this.line++;
    this.at = end;
  }
}
