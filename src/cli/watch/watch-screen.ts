import type { App } from '../../app.ts';
import { EXIT } from '../../domain/refusal.ts';
import { painted } from '../styled-line.ts';
import type { Terminal } from '../terminal.ts';
import type { Wish } from './keys.ts';
import { Observer, type Watching } from './observe.ts';
import { openScreen, type Screen } from './open-screen.ts';
import { renderScreen, type Rendered, type View } from './render-screen.ts';
import type { Sight } from './sight.ts';

const INTERRUPTED = 130;

/** Watches on the whole screen until somebody has seen enough; returns the exit code. */
export async function watchScreen(
  terminal: Terminal,
  app: App,
  watching: Omit<Watching, 'until'>,
): Promise<number> {
  const ending = new AbortController();
  let exitCode: number = EXIT.ok;
  const end = (code: number): void => {
    exitCode = code;
    ending.abort();
  };
  const face = new Face(terminal, end);
  try {
    for await (const sight of new Observer(app, { ...watching, until: ending.signal }).sights()) {
      if (!ending.signal.aborted) face.see(sight);
    }
    return exitCode;
  } finally {
    face.close();
  }
}

/** What is seen, and what the keys do to it. */
class Face {
  readonly #terminal: Terminal;
  readonly #end: (exitCode: number) => void;
  readonly #screen: Screen;
  readonly #timezone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  #sight: Sight | undefined;
  #scroll = 0;
  #showsKeys = false;
  #rendered: Rendered | undefined;

  constructor(terminal: Terminal, end: (exitCode: number) => void) {
    this.#terminal = terminal;
    this.#end = end;
    this.#screen = openScreen({
      onWish: (wish) => this.#obey(wish),
      onChange: () => this.#draw(),
      onEnd: end,
    });
    this.#screen.show([' Asking the ledger …']);
  }

  see(sight: Sight): void {
    this.#sight = sight;
    this.#draw();
  }

  close(): void {
    this.#screen.close();
  }

  #draw(): void {
    if (this.#sight === undefined) return;
    const view: View = {
      sight: this.#sight,
      scroll: this.#scroll,
      showsKeys: this.#showsKeys,
      timezone: this.#timezone,
    };
    this.#rendered = renderScreen(view, this.#screen.size(), this.#terminal.paper().blocks);
    this.#scroll = Math.min(this.#scroll, this.#rendered.furthest);
    this.#screen.show(this.#rendered.lines.map((line) => painted(line, this.#terminal.style)));
  }

  #obey(wish: Wish): void {
    if (wish === 'end' || wish === 'interrupt') {
      this.#screen.close();
      return this.#end(wish === 'end' ? EXIT.ok : INTERRUPTED);
    }
    if (wish === 'suspend') return this.#screen.suspend();
    if (wish === 'anew') return this.#screen.drawAnew();
    if (wish === 'keys') this.#showsKeys = !this.#showsKeys;
    this.#scroll = this.#scrolled(wish);
    this.#draw();
  }

  #scrolled(wish: Wish): number {
    const { furthest = 0, page = 1 } = this.#rendered ?? {};
    const wanted: Partial<Record<Wish, number>> = {
      up: this.#scroll - 1,
      down: this.#scroll + 1,
      'page-up': this.#scroll - page,
      'page-down': this.#scroll + page,
      top: 0,
      keys: 0,
      bottom: furthest,
    };
    return Math.min(furthest, Math.max(0, wanted[wish] ?? this.#scroll));
  }
}
