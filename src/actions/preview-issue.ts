import { escapeHtml } from '../domain/escape-html.ts';
import type { Issue } from '../domain/issue.ts';
import type { PreviewedIssue } from '../domain/preview.ts';
import { type Problem, toldOnce } from '../domain/problem.ts';
import { fillSlots, type RenderedIssue, type SlotName } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';
import { composeIssue, type ComposeTools } from './compose-issue.ts';

export interface PreviewTools extends ComposeTools {
  /** The message a made-up reader would get, and what its slots hold. */
  readonly sampleMessage: (
    rendered: RenderedIssue,
  ) => Promise<{ readonly bytes: Buffer; readonly slots: Readonly<Record<SlotName, string>> }>;
}

/** Composes an issue for looking at, also with errors. `ofPost` is what is known to be wrong with its file. */
export async function previewIssue(
  tools: PreviewTools,
  series: Series,
  issue: Issue,
  ofPost: readonly Problem[],
): Promise<PreviewedIssue> {
  const { rendered, problems } = await composeIssue(tools, series, issue);
  const previewed = { series, issue, problems: toldOnce([...ofPost, ...problems]) };
  if (rendered === undefined) return previewed;
  const { bytes, slots } = await tools.sampleMessage(rendered);
  const html = fillSlots(rendered.html, slots, escapeHtml);
  return { ...previewed, mail: { html, text: fillSlots(rendered.text, slots), message: bytes } };
}
