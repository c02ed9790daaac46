import { Hono, type Context } from 'hono';
import { tellStory } from '../../../actions/why/tell-story.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import { subscriberIdOf, type SubscriberId } from '../../../domain/subscriber.ts';
import { Field } from '../../pages/field.tsx';
import { showPage } from '../../pages/show-page.ts';
import { postedFields } from '../../reader/posted-fields.ts';
import type { WebTools } from '../../web-tools.ts';
import { adminViewOf, type AdminView } from '../admin-view.ts';
import { CsrfField } from '../door/csrf-field.tsx';
import { AdminFrame } from '../frame.tsx';
import { BOARD_PATHS, boardReaderPath } from './board-paths.ts';
import { Foreign, harmless } from './foreign.tsx';
import { answerMissing } from './missing-page.tsx';
import { ReaderBody } from './reader-page.tsx';

const ID = /^[a-z2-7]{16}$/;

/** `/admin/readers`: one reader's story, asked for by address. Addresses are posted, so that they stand in no log and no history. */
export function readerRoutes(tools: WebTools): Hono {
  const routes = new Hono();
  routes.get(BOARD_PATHS.readers, (context) => showSearch(context, adminViewOf(context, tools)));
  routes.post(BOARD_PATHS.readers, async (context) => {
    const view = adminViewOf(context, tools);
    const typed = (await postedFields(context)).text('address');
    const address = parseEmailAddress(typed);
    if (address === undefined) return showSearch(context, view, typed);
    return context.redirect(`${boardReaderPath(subscriberIdOf(address, tools.salt))}${view.asked}`, 303);
  });
  routes.get(`${BOARD_PATHS.readers}/:id`, (context) => showReader(tools, context, context.req.param('id')));
  return routes;
}

/** `wrong` = what was typed, and is no address. */
function showSearch(context: Context, view: AdminView, wrong?: string) {
  const { board } = view.words;
  const page = (
    <AdminFrame view={view} title={board.readersTitle} place="readers">
      <p class="text">{board.readersLead}</p>
      <SearchForm view={view} {...(wrong !== undefined && { wrong })} />
    </AdminFrame>
  );
  return showPage(context, page, wrong === undefined ? 200 : 422);
}

const SearchForm = ({ view, wrong }: { readonly view: AdminView; readonly wrong?: string }) => {
  const { board } = view.words;
  return (
    <form method="post" action={`${BOARD_PATHS.readers}${view.asked}`} class="search">
      <CsrfField session={view.session} />
      <Field
        name="address"
        label={board.address}
        value={harmless(wrong ?? '')}
        {...(wrong !== undefined && { error: board.addressWrong })}
      />
      <button type="submit" class="button">
        {board.find}
      </button>
    </form>
  );
};

async function showReader(tools: WebTools, context: Context, id: string) {
  const view = adminViewOf(context, tools);
  const { story: words, board } = view.words;
  if (!ID.test(id)) return answerMissing(context, view, words.unknown);
  const [story, plans] = await Promise.all([tellStory(tools, id as SubscriberId), tools.store.plans.all()]);
  const isUnknown = story.kind === 'unknown' && story.suppression === undefined;
  const title = isUnknown ? words.unknownTitle : (story.address ?? words.reader);
  const zones = new Map(plans.map(({ series, cadence }) => [series, cadence.timezone]));
  return showPage(
    context,
    <AdminFrame
      view={view}
      title={harmless(title)}
      place="readers"
      heading={
        <h1>
          <Foreign text={title} />
        </h1>
      }
    >
      <ReaderBody view={view} story={story} timezoneOf={(series) => zones.get(series) ?? 'UTC'} />
      <p>
        <a href={`${BOARD_PATHS.readers}${view.asked}`}>{board.findAnother}</a>
      </p>
    </AdminFrame>,
    isUnknown ? 404 : 200,
  );
}
