import type { Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import { readExtensionMark } from './extension-mark.ts';

/** Takes out Kramdown's own marks, and with `{::comment}` what stands between it and its end. */
export function dropExtensionMarks(tree: Root): void {
  visit(tree, (node) => {
    if ('children' in node && node.children.some(({ type }) => type === 'extensionMark')) {
      node.children = withoutMarks(node.children) as typeof node.children;
    }
  });
}

function withoutMarks(nodes: readonly RootContent[]): RootContent[] {
  const lastEnd = nodes.findLastIndex((node) => isCommentMark(node, 'closes'));
  const kept: RootContent[] = [];
  let isHidden = false;
  nodes.forEach((node, index) => {
    if (isHidden) isHidden = !isCommentMark(node, 'closes');
    else if (isCommentMark(node, 'opens')) isHidden = index < lastEnd;
    else if (node.type !== 'extensionMark') kept.push(node);
  });
  return kept;
}

function isCommentMark(node: RootContent, kind: 'opens' | 'closes'): boolean {
  const mark = node.type === 'extensionMark' ? readExtensionMark(node.value) : undefined;
  return mark?.kind === kind && (mark.name ?? 'comment') === 'comment';
}
