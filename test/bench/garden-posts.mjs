// A made-up blog to compose: posts of 2 to 20 kB, Latin and CJK in turn, with images, code, tables and links to each other.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LATIN =
  'The beds were dug in autumn and left under leaves until the frost had broken the clods. What looks like rest is work: worms carry the leaves down, and in spring the soil crumbles in the hand. Nobody has to hurry. ';
const CJK =
  '秋天翻過的土，冬天蓋上落葉，等霜把土塊凍鬆。看起來是休息，其實都在工作：蚯蚓把葉子帶進土裡，到了春天，土一捏就碎。不必趕。';
const CODE = '```js\nconst rows = beds.map((bed) => bed.rows * 2);\nconsole.log(rows.join(", "));\n```';
const TABLE =
  '| Month | Sow | 收成 |\n|---|--:|:-:|\n| March | peas | 菠菜 |\n| April | beans | 蘿蔔 |\n| May | corn | 草莓 |';

/** The file of post `n`, and what is in it. */
export function gardenPost(n, count) {
  const prose = n % 2 === 0 ? LATIN : CJK;
  const wanted = 2_000 + ((n * 7_919) % 18_000);
  const blocks = [];
  for (let bytes = 0, k = 0; bytes < wanted; k++) {
    const block = blockAt(k, n, count, prose);
    bytes += Buffer.byteLength(block);
    blocks.push(block);
  }
  const head = `---\ntitle: "Letter ${n} 第 ${n} 封"\nid: letter-${n}\ndate: 2026-01-01\n---\n`;
  return `${head}\n${blocks.join('\n\n')}\n`;
}

function blockAt(k, n, count, prose) {
  if (k % 9 === 3) return `![Bed ${k}](/images/bed-${k}.jpg)`;
  if (k % 9 === 5) return CODE;
  if (k % 9 === 7) return TABLE;
  if (k % 9 === 8)
    return `## Part ${k} 之 ${n}\n\n- one **item**\n- 另一項\n- a third, see [there](letter-${(n + k) % count}.md)`;
  return `${prose.repeat(1 + (k % 3))}See [letter ${n + k}](/posts/letter-${(n * 3 + k) % count}/) and https://example.org/${k}。`;
}

/** Writes a content folder with one series of `count` posts, and an image that all of them show. */
export function plantGarden(folder, count) {
  const home = join(folder, 'content', 'garden');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, '_index.md'), '---\ntitle: Garden Letters\nlanguage: zh-Hant\n---\n');
  for (let n = 0; n < count; n++) writeFileSync(postFile(folder, n), gardenPost(n, count));
}

export const postFile = (folder, n) =>
  join(folder, 'content', 'garden', `${String(n).padStart(4, '0')}-letter-${n}.md`);
