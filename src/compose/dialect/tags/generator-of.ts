import type { Issue } from '../../../domain/issue.ts';

/** The generators that run Liquid or Nunjucks in posts, which both keep them in folders of these names; Hexo's stand below `source`. */
export function liquidGenerator({ file }: Issue): 'jekyll' | 'hexo' | undefined {
  if (!/(?:^|[/\\])_(?:posts|drafts)[/\\]/.test(file)) return undefined;
  return /(?:^|[/\\])source[/\\]/.test(file) ? 'hexo' : 'jekyll';
}
