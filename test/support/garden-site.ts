const DAY_MS = 86_400_000;

/** Two series as a writer keeps them: one that is out, letter by letter, with all letters there are, and a second one in Chinese. */
export const GARDEN_SITE = {
  'content/garden/_index.md':
    '---\ntitle: Garden Letters\ndescription: Four letters from a garden.\nlanguage: en\nevery: 1d\npaces: [1d, 3d, 1w]\nletters: [welcome, goodbye, finished]\n---\n\nWhat a garden does when nobody looks.\n',
  'content/garden/01-frost.md':
    '---\ntitle: The first frost\n---\n\nIt came at night. See [the thaw](02-thaw.md), and [a page elsewhere](https://elsewhere.example.com/page).\n',
  'content/garden/02-thaw.md': '---\ntitle: The thaw\n---\n\nIt left by noon.\n',
  'content/garden/03-seed.md': '---\ntitle: A seed\n---\n\nPut it one finger deep.\n',
  'content/garden/04-spring.md': `---\ntitle: A spring to come\ndate: ${new Date(Date.now() + 30 * DAY_MS).toISOString()}\n---\n\nNot yet.\n`,
  'content/茶信/_index.md':
    '---\ntitle: 茶的信\ndescription: 三封信，一次只說一件事。\nlanguage: zh-Hant\nevery: 1d\nletters: [welcome, goodbye, finished]\n---\n\n寫給天天喝茶的人。\n',
  'content/茶信/01-葉.md': '---\ntitle: 一片葉子\n---\n\n葉子先說話。\n',
  'content/茶信/02-水.md': '---\ntitle: 一壺水\n---\n\n水後來才說。\n',
  'content/茶信/03-杯.md': '---\ntitle: 一只空杯\n---\n\n杯子不說話。\n',
} as const;
