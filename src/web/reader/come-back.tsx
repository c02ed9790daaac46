import { filledIn } from '../../domain/filled-in.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { PageView } from '../pages/page-view.ts';
import { seriesPath } from '../pages/public-paths.ts';

/** The way back, as long as the series takes readers. */
export const ComeBack = ({ view, plan }: { view: PageView; plan: SeriesPlan | undefined }) => {
  if (plan === undefined || plan.state === 'cancelled') return null;
  const { reader } = view.words;
  return (
    <p>
      {reader.comeBackText}{' '}
      <a href={`${seriesPath(plan.series)}${view.asked}#subscribe`}>
        {filledIn(reader.comeBackLink, { series: plan.title })}
      </a>
    </p>
  );
};
