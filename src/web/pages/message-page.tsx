import type { Child } from 'hono/jsx';
import { Page } from './page.tsx';
import type { PageView } from './page-view.ts';

interface MessagePageProps {
  readonly view: PageView;
  readonly title: string;
  readonly text: string;
  /** Where to go on from here. */
  readonly children?: Child;
}

/** A page that only says something: that there is nothing here, or what went wrong. */
export const MessagePage = ({ view, title, text, children }: MessagePageProps) => (
  <Page {...view} title={title} isPrivate>
    <div class="opening">
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      {children}
    </div>
  </Page>
);
