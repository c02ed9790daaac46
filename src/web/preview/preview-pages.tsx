import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { IssueId } from '../../domain/issue.ts';
import type { PreviewedIssue, PreviewOverview } from '../../domain/preview.ts';
import type { SeriesId } from '../../domain/series.ts';
import { IssuePage } from './issue-page.tsx';
import type { ShownField } from './issue-stage.tsx';
import { onlyHere } from './only-here.ts';
import { servePageFiles } from './page-files.ts';
import { FailedPage, MissingPage, ProblemsPage } from './plain-pages.tsx';
import { issuePath, mailPath, viewOf, withView, type PreviewView } from './preview-view.ts';
import { showMail, type FindShownImage } from './show-mail.ts';
import { ShownImages } from './shown-images.ts';
import { tellChanges } from './tell-changes.ts';

export interface PreviewPagesTools {
  readonly overview: () => PreviewOverview;
  readonly find: (series: SeriesId, issue: IssueId) => Promise<PreviewedIssue | undefined>;
  readonly findImage: FindShownImage;
  readonly headerFields: (message: Uint8Array) => readonly ShownField[];
  /** Calls back at every change, until what it returns is called. */
  readonly subscribe: (listener: (revision: number) => void) => () => void;
  /** Told of what should not happen; the page says it, too. */
  readonly onBug: (error: unknown) => void;
  /** Ends what would keep the server open. */
  readonly closing?: AbortSignal;
}

// Nothing in a mail may run, be sent, or be fetched from elsewhere.
const MAIL_POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-same-origin";
const IMAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** The pages on which a writer sees what readers will get. They change nothing, and send nothing anywhere. */
export function createPreviewPages(tools: PreviewPagesTools): Hono {
  const pages = new Hono();
  pages.use(onlyHere);
  pages.onError((error, context) => {
    tools.onBug(error);
    return answer(
      context,
      <FailedPage overview={tools.overview()} view={viewIn(context)} error={error} />,
      500,
    );
  });
  servePageFiles(pages);
  pages.get('/', (context) => context.redirect(firstPath(tools.overview(), viewIn(context))));
  pages.get('/problems', (context) =>
    answer(context, <ProblemsPage overview={tools.overview()} view={viewIn(context)} />),
  );
  pages.get('/changes', (context) => tellChanges(context, tools));
  serveIssues(pages, tools);
  return pages;
}

function serveIssues(pages: Hono, tools: PreviewPagesTools): void {
  const images = new ShownImages();
  const inView = ({ mail, issue }: PreviewedIssue, context: Context) =>
    mail && showMail(mail.html, issue, viewIn(context).scheme, { findImage: tools.findImage, images });

  pages.get('/issue/:series/:issue', async (context) => {
    const previewed = await asked(tools, context);
    const view = viewIn(context);
    if (previewed === undefined) {
      return answer(context, <MissingPage overview={tools.overview()} view={view} />, 404);
    }
    const { series, issue, mail } = previewed;
    const shown = await inView(previewed, context);
    const mailAddress = `${mailPath(series.id, issue.id)}?scheme=${view.scheme}&v=${shown?.version ?? ''}`;
    const fields = mail === undefined ? [] : tools.headerFields(mail.message);
    const overview = tools.overview();
    return answer(context, <IssuePage {...{ overview, view, previewed, fields, mailAddress }} />);
  });
  pages.get('/mail/:series/:issue', async (context) => {
    const previewed = await asked(tools, context);
    const shown = previewed && (await inView(previewed, context));
    if (shown === undefined) return context.text('There is no such mail.\n', 404);
    return context.html(shown.html, 200, { 'Content-Security-Policy': MAIL_POLICY });
  });
  pages.get('/image/:id', async (context) => {
    const image = await images.read(context.req.param('id'));
    if (image === undefined) return context.text('There is no such image.\n', 404);
    const headers = { 'Content-Type': image.contentType, 'Content-Security-Policy': IMAGE_POLICY };
    return context.body(image.bytes, 200, headers);
  });
}

const asked = ({ find }: PreviewPagesTools, context: Context): Promise<PreviewedIssue | undefined> =>
  find(context.req.param('series') as SeriesId, context.req.param('issue') as IssueId);

const viewIn = (context: Context): PreviewView => viewOf((name) => context.req.query(name));

const answer = (context: Context, page: Child, status: 200 | 404 | 500 = 200) =>
  context.html(html`<!doctype html>${page}`, status);

function firstPath({ series, settings }: PreviewOverview, view: PreviewView): string {
  const [first] = series.flatMap(({ id, issues }) => issues.map((issue) => issuePath(id, issue.id)));
  return first === undefined || settings.length > 0 ? '/problems' : withView(first, view);
}
