import { filledIn } from '../../domain/filled-in.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import { seriesPath } from '../pages/public-paths.ts';
import { ReaderFrame } from './reader-frame.tsx';
import type { PageView } from '../pages/page-view.ts';

interface AskedPageProps {
  readonly plan: SeriesPlan;
  readonly view: PageView;
}

/** The answer to every sign-up, whoever asked and for whatever address: it must not tell who is a reader already. */
export const AskedPage = ({ plan, view }: AskedPageProps) => {
  const { series, title, about } = plan;
  const { reader } = view.words;
  const { name, address } = about.from;
  const sender = name === '' ? address : `${name} <${address}>`;
  return (
    <ReaderFrame view={view} title={reader.askedTitle} eyebrow={title} book={plan}>
      <p class="lead">{filledIn(reader.askedText, { series: title })}</p>
      <p>{filledIn(reader.askedSender, { sender })}</p>
      <h2>{reader.askedMissing}</h2>
      <ul>
        <li>{reader.askedWait}</li>
        <li>{reader.askedSpam}</li>
        <li>{reader.askedKnown}</li>
        <li>
          <a href={`${seriesPath(series)}${view.asked}#subscribe`}>{reader.askedAgain}</a>
        </li>
      </ul>
      <p>
        <a href={`${seriesPath(series)}${view.asked}`}>{filledIn(reader.backToSeries, { series: title })}</a>
      </p>
    </ReaderFrame>
  );
};
