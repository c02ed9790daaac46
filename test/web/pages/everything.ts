/** A post with everything in it that a post may have. */
export const EVERYTHING = `---
title: Everything <b>at once</b> & more
description: One of each, "quoted" & all.
date: 2026-03-04T05:06:07Z
image: /images/leaf.png
image_alt: A leaf, much enlarged
source:
  url: https://elsewhere.example.com/field-notes
  name: Field Notes
---

The first paragraph has *emphasis*, **strength**, \`code\`, a [link](https://elsewhere.example.com/a), <mark>a mark</mark>, a note[^1], another[^2] and
the first one again[^1]. It is long enough to fill three lines or so of a page, so that one can see how the lines stand one under the other.

## A heading, and a [link to another](#a-table)

> A quotation, which goes on for a while so that it takes more than one line of the page it is on.
>
> And has two paragraphs.

1. First
2. Second
   - a
   - b
3. Third

- [x] done
- [ ] not done

### Code

\`\`\`js
const soil = await dig({ depth: 30, unit: 'cm', where: 'behind the shed, where nothing has grown for years and years' });
\`\`\`

### A table

| Bed | Sown | Harvest | Yield | Remarks |
| :-- | :--: | :-----: | ----: | ------- |
| North | March | July | 12 kg | Cold until May, then quick, and quite free of slugs |
| South | February | June | 9 kg | Too dry |

> [!WARNING]
> Frost comes back in May.

> [!TIP]
> Cover the beds.

![A leaf of the blog's own](/images/leaf.png)

![A leaf from elsewhere](https://elsewhere.example.com/leaf.png)

<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="Digging"></iframe>

\`\`\`mermaid
graph TD; A-->B
\`\`\`

---

Term
: What it means

Inline math $a^2 + b^2$, a key <kbd>Ctrl</kbd>, H<sub>2</sub>O and x<sup>2</sup>.

[^1]: The first note.
[^2]: The second note, with a [link](https://elsewhere.example.com/b).
`;

/** The same for a Chinese series. */
export const EVERYTHING_IN_CHINESE = `---
title: 一片葉子：「開始」
description: 從一片葉子說起——一次只說一件事。
date: 2026-03-04T05:06:07Z
---

茶樹的葉子一年到頭都是綠的，*只有*春天的新芽帶一點黃。「喝茶的人」看的是湯色，種茶的人看的是葉子[^1]。採下來的葉子會繼續呼吸，這件事要說清楚，得花一點篇幅……

## 葉子離開樹以後

> 葉子先說話，水後來才說。

1. 採
2. 曬
3. 揉

| 茶 | 發酵 | 水溫 |
| -- | --- | ---: |
| 文山包種 | 輕 | 85 °C |
| 東方美人 | 重 | 90 °C |

> [!NOTE]
> 水溫只是參考。

**粗體**與 \`code\` 混排 with English words 也要好看。

[^1]: 這是註腳。
`;
