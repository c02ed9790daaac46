import type { Overview } from '../../../domain/overview.ts';
import { BacklogChart } from '../charts/backlog-chart.tsx';
import { MinuteChart } from '../charts/minute-chart.tsx';
import { PeopleChart } from '../charts/people-chart.tsx';
import { AttentionPanel } from './attention-panel.tsx';
import type { BoardView } from './board-view.ts';
import { CalendarPanel } from './calendar-panel.tsx';
import { LivePart, type Fragments } from './fragments.tsx';
import { lastHourOf, zoneOf } from './hour-of.ts';
import { MachineryPanel } from './machinery-panel.tsx';
import { OverviewFigures } from './overview-figures.tsx';
import { SeriesCards } from './series-cards.tsx';

/** All series at once: what to see from across the room first. */
export function overviewFragments(view: BoardView, overview: Overview): Fragments {
  const timezone = zoneOf(overview);
  if (overview.series.length === 0) return emptyFragments(view, overview);
  const { now } = overview;
  const { minutes, samples } = lastHourOf(overview);
  return {
    attention: <AttentionPanel view={view} overview={overview} />,
    figures: <OverviewFigures view={view} overview={overview} timezone={timezone} />,
    minutes: <MinuteChart view={view} minutes={minutes} timezone={timezone} />,
    backlog: <BacklogChart view={view} samples={samples} now={now} timezone={timezone} />,
    series: <SeriesCards view={view} overview={overview} />,
    calendar: <CalendarPanel view={view} overview={overview} timezone={timezone} />,
    people: <PeopleChart view={view} days={overview.days} />,
    machinery: <MachineryPanel view={view} overview={overview} timezone={timezone} />,
  };
}

/** Nothing is scheduled yet: charts of nothing would only be in the way of what to do. */
const emptyFragments = (view: BoardView, overview: Overview): Fragments => ({
  ...Object.fromEntries(
    ['attention', 'figures', 'minutes', 'backlog', 'calendar', 'people'].map((name) => [name, null]),
  ),
  series: <SeriesCards view={view} overview={overview} />,
  machinery: <MachineryPanel view={view} overview={overview} timezone={zoneOf(overview)} />,
});

export const OverviewBody = ({ fragments }: { readonly fragments: Fragments }) => (
  <>
    <LivePart name="attention" fragments={fragments} />
    <LivePart name="figures" fragments={fragments} class="panel" />
    <div class="board">
      <LivePart name="minutes" fragments={fragments} class="panel board-wide" />
      <LivePart name="backlog" fragments={fragments} class="panel" />
    </div>
    <LivePart name="series" fragments={fragments} />
    <div class="board board-thirds">
      <LivePart name="calendar" fragments={fragments} class="panel" />
      <LivePart name="people" fragments={fragments} class="panel" />
      <LivePart name="machinery" fragments={fragments} class="panel" />
    </div>
  </>
);
