import type { Log } from '../../../domain/log.ts';
import type { Overview } from '../../../domain/overview.ts';
import { reasonOf } from '../../../domain/reason-of.ts';
import type { Refresher } from './refresher.ts';

/** A page's fragments as HTML, by the id of where each stands. */
export type Rendered = ReadonlyMap<string, string>;

/** What is told to those who watch a page. `gone` = there is no such page any more. */
export type PageNews =
  | { readonly kind: 'rendered'; readonly parts: Rendered }
  | { readonly kind: 'away' }
  | { readonly kind: 'gone' };

/** A page in one language. Undefined when what it is about is not there. */
export type RenderPage = (overview: Overview) => Promise<Rendered | undefined>;

/** One page, rendered once at each look for all who watch it. */
export interface Channels {
  watch(key: string, render: RenderPage, listener: (news: PageNews) => void): () => void;
}

interface Channel {
  readonly listeners: Set<(news: PageNews) => void>;
  readonly stop: () => void;
}

export function openChannels(
  refresher: Refresher,
  { isLedgerTrouble, log }: { readonly isLedgerTrouble: (error: unknown) => boolean; readonly log: Log },
): Channels {
  const channels = new Map<string, Channel>();

  const newsOf = async (render: RenderPage, overview: Overview): Promise<PageNews> => {
    try {
      const parts = await render(overview);
      return parts === undefined ? { kind: 'gone' } : { kind: 'rendered', parts };
    } catch (error) {
      if (!isLedgerTrouble(error))
        log.error({ reason: reasonOf(error) }, 'a live page could not be rendered');
      return { kind: 'away' };
    }
  };
  const open = (render: RenderPage): Channel => {
    const listeners = new Set<(news: PageNews) => void>();
    const tell = (news: PageNews) => {
      for (const listener of listeners) listener(news);
    };
    const stop = refresher.watch((look) => {
      if (look.kind === 'away') tell(look);
      else void newsOf(render, look.overview).then(tell);
    });
    return { listeners, stop };
  };
  return {
    watch(key, render, listener) {
      const channel = channels.get(key) ?? open(render);
      channels.set(key, channel);
      const own = (news: PageNews) => listener(news);
      channel.listeners.add(own);
      return () => {
        channel.listeners.delete(own);
        if (channel.listeners.size > 0 || channels.get(key) !== channel) return;
        channels.delete(key);
        channel.stop();
      };
    },
  };
}
