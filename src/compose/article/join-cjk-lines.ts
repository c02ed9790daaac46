import type { Root, Text } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { CJK_CHARACTER, SHARED_PUNCTUATION } from './cjk-character.ts';

/** Drops the newline between two CJK characters of a paragraph: HTML would show it as a space that nobody wrote. */
export function joinCjkLines(tree: Root): void {
  const leaves = textLeavesOf(tree);
  const before = leaves.map((leaf) => lastCharacter(leaf.value));
  const after = leaves.map((leaf) => firstCharacter(leaf.value));

  leaves.forEach((leaf, index) => {
    leaf.value = leaf.value.replace(/[ \t]*\r?\n[ \t]*/g, (newline, at: number, whole: string) => {
      const left = lastCharacter(whole.slice(0, at)) || before[index - 1] || '';
      const right = firstCharacter(whole.slice(at + newline.length)) || after[index + 1] || '';
      return needsNoSpace(left, right) ? '' : newline;
    });
  });
}

function textLeavesOf(tree: Root): Text[] {
  const leaves: Text[] = [];
  visit(tree, (node) => {
    if (node.type === 'element' && node.tagName === 'pre') return SKIP;
    if (node.type === 'text') leaves.push(node);
    return undefined;
  });
  return leaves;
}

const lastCharacter = (value: string): string => /.$/u.exec(value)?.[0] ?? '';

const firstCharacter = (value: string): string => /^./u.exec(value)?.[0] ?? '';

function needsNoSpace(left: string, right: string): boolean {
  const cjkLeft = CJK_CHARACTER.test(left);
  const cjkRight = CJK_CHARACTER.test(right);
  return (
    (cjkLeft || SHARED_PUNCTUATION.test(left)) &&
    (cjkRight || SHARED_PUNCTUATION.test(right)) &&
    (cjkLeft || cjkRight)
  );
}
