import { expect, test } from 'vitest';
import { articleOf } from './article-of.ts';

const strong = (inside: string, before = '', after = ''): string =>
  `<p>${before}<strong>${inside}</strong>${after}</p>`;

test.each([
  ['這是**「引號」**的例子', strong('「引號」', '這是', '的例子')],
  ['**注意：**文字', strong('注意：', '', '文字')],
  ['**重點。**接著說', strong('重點。', '', '接著說')],
  ['他說**「好。」**然後走了', strong('「好。」', '他說', '然後走了')],
  ['**（括號）**文字', strong('（括號）', '', '文字')],
  ['文字**（括號）**', strong('（括號）', '文字')],
  ['**《書名》**很好看', strong('《書名》', '', '很好看')],
  ['讀**《書名》**吧', strong('《書名》', '讀', '吧')],
  ['**【公告】**今天休息', strong('【公告】', '', '今天休息')],
  ['**真的嗎？**是的', strong('真的嗎？', '', '是的')],
  ['**太好了！**謝謝', strong('太好了！', '', '謝謝')],
  ['**甲、**乙、丙', strong('甲、', '', '乙、丙')],
  ['**AI**正在加速', strong('AI', '', '正在加速')],
  ['使用**`code`**指令', strong('<code>code</code>', '使用', '指令')],
  ['看**[連結](https://a.tw)**喔', strong('<a href="https://a.tw">連結</a>', '看', '喔')],
  ['**😀**很好', strong('😀', '', '很好')],
  ['價格**$100**元', strong('$100', '價格', '元')],
  ['成長**50%**以上', strong('50%', '成長', '以上')],
  ['**日本語（にほんご）**です', strong('日本語（にほんご）', '', 'です')],
  ['これは**「テスト」**です', strong('「テスト」', 'これは', 'です')],
  ['**スーパー・**マーケット', strong('スーパー・', '', 'マーケット')],
  ['**한국어(Korean)**입니다', strong('한국어(Korean)', '', '입니다')],
  ['這是*「斜體」*的例子', '<p>這是<em>「斜體」</em>的例子</p>'],
  ['這是~~「刪除」~~的例子', '<p>這是<del>「刪除」</del>的例子</p>'],
  ['***「兩者」***都要', '<p><em><strong>「兩者」</strong></em>都要</p>'],
])('%s', (markdown, html) => {
  expect(articleOf(markdown).html).toBe(html);
});

test('underscores inside a word stay underscores, as CommonMark says', () => {
  expect(articleOf('__「引號」__文字').html).toBe('<p>__「引號」__文字</p>');
});
