import type { Root } from 'mdast';
import type { Problem } from '../../domain/problem.ts';
import type { Place } from '../article/link-target.ts';
import { reportInBody } from '../article/report-in-body.ts';
import type { Words } from '../words.ts';
import { closeSwallowingHtml } from './close-swallowing-html.ts';
import { readMdx } from './mdx/read-mdx.ts';
import { readMarkdown } from './read-markdown.ts';
import { settleDialects } from './settle-dialects.ts';
import { settleNotes } from './settle-notes.ts';
import { turnAlerts } from './turn-alerts.ts';
import { showUnknownElements } from './unknown-elements.ts';

/** The body of an issue, in whatever its generator reads, → plain Markdown's tree; what was not understood goes to `problems`. */
export function readPost(place: Place, words: Words, problems: Problem[]): Root {
  const isMdx = place.issue.file.toLowerCase().endsWith('.mdx');
  const tree = isMdx ? readMdx(place, words, problems) : readMarkdown(place, words, problems);
  turnAlerts(tree, words);
  settleDialects(tree, words);
  const report = reportInBody(place.issue, problems);
  settleNotes(tree, report);
  showUnknownElements(tree);
  closeSwallowingHtml(tree, report);
  return tree;
}
