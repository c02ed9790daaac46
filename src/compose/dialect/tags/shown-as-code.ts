import type { Issue } from '../../../domain/issue.ts';
import { liquidGenerator } from './generator-of.ts';

/** A line of code as readers of the blog see it: without the marks by which writers keep their generator from running what is in it. */
export function asCode(line: string, issue: Issue): string {
  const shown = line.replace(/(\{\{[<%])\s*\/\*/g, '$1').replace(/\*\/\s*([>%]\}\})/g, '$1');
  // Jekyll runs its tags in code too, so a writer who shows them there has to switch them off. Hexo does not.
  return liquidGenerator(issue) === 'jekyll' ? shown.replace(/\{%-?\s*(?:end)?raw\s*-?%\}/g, '') : shown;
}
