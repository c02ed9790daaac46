import { expect, test } from 'vitest';
import { articleOf } from '../article/article-of.ts';

test.each([
  [':tada: :+1: :-1:', '🎉 👍 👎'],
  [':tada::heart:', '🎉❤️'],
  ['好:tada:好', '好🎉好'],
  ['좋아:tada:요', '좋아🎉요'],
  ['。:tada:，', '。🎉，'],
  ['(:smile:)', '(😄)'],
  ['**:fire:**', '*🔥*'],
  ['[:fire:](https://example.com/)', '🔥 <https://example.com/>'],
  ['## :seedling: Soil', '🌱 Soil\n-------'],
  ['10:30:45', '10:30:45'],
  ['a:b:c', 'a:b:c'],
  ['x:tada: :tada:x', 'x:tada: :tada:x'],
  ['::tada:: :tada::', '::tada:: :tada::'],
  [':nosuchemoji: :constructor: :tada', ':nosuchemoji: :constructor: :tada'],
  ['：tada：', '：tada：'],
  ['`:tada:`', '`:tada:`'],
  ['    :tada:', '    :tada:'],
  ['\\:tada:', ':tada:'],
  ['https://example.com/:tada:/a', '<https://example.com/:tada:/a>'],
  ['<https://example.com/:tada:>', '<https://example.com/:tada:>'],
  ['<img src="/a.png" alt=":tada:">', '[Image: :tada:]'],
])('%j reads %j', (markdown, text) => {
  expect(articleOf(markdown).text).toBe(text);
});

test('a long run takes no time of its own', () => {
  expect(articleOf(`${':tada:'.repeat(10_000)}x`).text).toContain(':tada:x');
});
