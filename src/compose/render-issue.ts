import { createHash } from 'node:crypto';
import type { Issue } from '../domain/issue.ts';
import { isError, type Problem } from '../domain/problem.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';
import type { FindImage } from '../domain/image-file.ts';
import { composeArticle, parseArticle } from './article/compose-article.ts';
import { blogUrlOf } from './article/find-linked-issue.ts';
import { issueView } from './issue-view.ts';
import { localeOf } from './locale.ts';
import { mailProblems } from './mail-problems.ts';
import { renderHtml } from './render-html.ts';
import { renderPlain } from './render-plain.ts';
import { slotMarks, splitSlots } from './slot-marks.ts';
import { loadTemplates, type Templates } from './template/load-templates.ts';
import { imageLabelFrom, readWords, type Words } from './words.ts';

export interface ComposerOptions {
  /** The writer's own templates and words; what is missing there is taken from ours, file by file. */
  readonly templatesFolder?: string;
  /** The blog, for links and images that are relative to it: `https://blog.example.com`. */
  readonly siteUrl?: string;
  /** Shown under every issue, one line per line. */
  readonly postalAddress: string;
  /** Finds images of posts on this machine; none is found without it. */
  readonly findImage?: FindImage;
}

/** An issue ready to send, with warnings; or only problems, at least one of them an error. */
export type RenderResult =
  | { readonly rendered: RenderedIssue; readonly problems: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

export interface Composer {
  readonly renderIssue: (series: Series, issue: Issue) => Promise<RenderResult>;
}

/**
 * Makes emails of issues. Reads templates (anew for each issue) and nothing else; the same input gives the same bytes.
 * Throws a TypeError when `siteUrl` is no URL.
 */
export function createComposer(options: ComposerOptions): Composer {
  if (options.siteUrl !== undefined && !URL.canParse(options.siteUrl)) {
    throw new TypeError(`siteUrl is no URL: ${options.siteUrl}`);
  }
  return {
    renderIssue: async (series, issue) => {
      const templates = await loadTemplates(options.templatesFolder);
      if ('severity' in templates) return { problems: [templates] };
      const words = readWords(templates, localeOf(series.language));
      return 'severity' in words ? { problems: [words] } : render(series, issue, options, templates, words);
    },
  };
}

async function render(
  series: Series,
  issue: Issue,
  { siteUrl, postalAddress }: ComposerOptions,
  templates: Templates,
  words: Words,
): Promise<RenderResult> {
  const problems: Problem[] = [];
  const slots = slotMarks(JSON.stringify([series, issue, postalAddress, [...templates]]));
  const webUrl = blogUrlOf(issue, siteUrl) ?? slots.webUrl;
  const place = { series, issue, webUrl, ...(siteUrl === undefined ? {} : { siteUrl }) };
  const imageLabel = imageLabelFrom(words);
  const parsed = parseArticle(place);
  const { tree, linkedIssues } = composeArticle(parsed, place, words, problems);
  const view = issueView(place, { words, slots, postalAddress, linkedIssues }, problems);

  const html = await renderHtml(series, tree, view, templates);
  const text = await renderPlain(series, tree, view, templates, imageLabel);
  for (const part of [html, text]) if (typeof part !== 'string') problems.push(...part);
  if (typeof html !== 'string' || typeof text !== 'string') return { problems };

  const mail = { html: splitSlots(html, slots), text: splitSlots(text, slots) };
  problems.push(...mailProblems(series, issue, mail));
  return problems.some(isError) ? { problems } : { rendered: freeze(series, issue, mail, words), problems };
}

function freeze(
  series: Series,
  issue: Issue,
  mail: Pick<RenderedIssue, 'html' | 'text'>,
  words: Words,
): RenderedIssue {
  const content = {
    series: series.id,
    issue: issue.id,
    seriesTitle: series.title,
    language: series.language,
    from: { name: series.from.name, address: series.from.address },
    ...(series.replyTo === undefined ? {} : { replyTo: series.replyTo }),
    subject: issue.subject,
    ...mail,
    greeting: { named: words.greetingNamed, plain: words.greetingPlain },
  };
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
  return { hash, ...content };
}
