import { Hono, type Context } from 'hono';
import type { SeriesPlan } from '../../../domain/plan.ts';
import type { SeriesId } from '../../../domain/series.ts';
import { ButtonForm } from '../../pages/button-form.tsx';
import { showPage } from '../../pages/show-page.ts';
import type { WebTools } from '../../web-tools.ts';
import { adminViewOf } from '../admin-view.ts';
import { CsrfField } from '../door/csrf-field.tsx';
import { AdminFrame } from '../frame.tsx';
import { actPath, ACTS, boardSeriesPath, type BoardAct } from '../pages/board-paths.ts';
import { Foreign } from '../pages/foreign.tsx';
import { answerMissing } from '../pages/missing-page.tsx';
import { doAct, doneQuery } from './do-act.ts';

/** `/admin/act/…`: GET asks whether it is meant, POST does it and leads back to the series, which says what came of it. */
export function actRoutes(tools: WebTools): Hono {
  const routes = new Hono();
  for (const act of ACTS) {
    routes.get(`/admin/act/${act}/:series`, async (context) => {
      const plan = await planFor(tools, context);
      return plan === undefined ? answerNoSeries(tools, context) : askWhether(tools, context, act, plan);
    });
    routes.post(`/admin/act/${act}/:series`, async (context) => {
      const plan = await planFor(tools, context);
      if (plan === undefined) return answerNoSeries(tools, context);
      const done = doneQuery(await doAct(tools, act, plan));
      const { asked } = adminViewOf(context, tools);
      return context.redirect(
        `${boardSeriesPath(plan.series)}${asked === '' ? '?' : `${asked}&`}${done}`,
        303,
      );
    });
  }
  return routes;
}

const planFor = ({ store }: WebTools, context: Context): Promise<SeriesPlan | undefined> =>
  store.plans.find((context.req.param('series') ?? '') as SeriesId);

function answerNoSeries(tools: WebTools, context: Context) {
  const view = adminViewOf(context, tools);
  return answerMissing(context, view, view.words.board.missingSeries);
}

function askWhether(tools: WebTools, context: Context, act: BoardAct, plan: SeriesPlan) {
  const view = adminViewOf(context, tools);
  const { board } = view.words;
  return showPage(
    context,
    <AdminFrame view={view} title={board[`${act}Title`]}>
      <div class="text ask">
        <p class="ask-what">
          <Foreign text={plan.title} lang={plan.about.language} />
        </p>
        <p>{board[`${act}Lead`]}</p>
        <div class="ask-buttons">
          <ButtonForm action={`${actPath(act, plan.series)}${view.asked}`} label={board[act]}>
            <CsrfField session={view.session} />
          </ButtonForm>
          <a class="button button-plain" href={`${boardSeriesPath(plan.series)}${view.asked}`}>
            {board.cancelAct}
          </a>
        </div>
      </div>
    </AdminFrame>,
  );
}
