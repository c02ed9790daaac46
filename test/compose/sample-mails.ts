import { readFile } from 'node:fs/promises';
import type { ComposerOptions } from '../../src/compose/render-issue.ts';
import { SITE, filled, renderedSample } from './sample-series.ts';

/** A mail with everything in it that the templates dress. */
export interface SampleMail {
  readonly template: 'issue' | 'plain';
  readonly language: 'en' | 'zh-TW' | 'ar';
}

export const SAMPLE_MAILS: readonly SampleMail[] = (['issue', 'plain'] as const).flatMap((template) =>
  (['en', 'zh-TW', 'ar'] as const).map((language) => ({ template, language })),
);

const FIXTURES = {
  en: {
    file: 'everything-en.md',
    title: 'Feeding the soil before the first frost',
    description: 'What to put down in November, how much of it, and why there is no hurry.',
    series: 'A Year in the Garden',
    image: 'A garden bed under leaves',
  },
  'zh-TW': {
    file: 'everything.md',
    title: '第一場霜以前，先把土餵飽',
    description: '十一月該鋪什麼、鋪多少，還有為什麼不用急。',
    series: '園子裡的一年',
    image: '蓋著葉子的花床',
  },
  ar: {
    file: 'everything-ar.md',
    title: 'إطعام التربة قبل أول صقيع',
    description: 'ماذا نضع في تشرين الثاني، وكم نضع منه.',
    series: 'سنة في الحديقة',
    image: 'حوض تحت الأوراق',
  },
};

/** A sample mail as HTML, slots filled; its images are nowhere. */
export async function sampleMail(
  { template, language }: SampleMail,
  options: Partial<ComposerOptions> = {},
): Promise<string> {
  const { file, title, description, series, image } = FIXTURES[language];
  const body = await readFile(new URL(`../fixtures/compose/${file}`, import.meta.url), 'utf8');
  const rendered = await renderedSample(
    {
      title,
      description,
      body,
      date: Date.parse('2026-11-02'),
      image: { url: '/images/bed.jpg', alt: image },
      source: { url: 'https://example.org/original', name: 'The Journal' },
    },
    { template, language, title: series },
    { siteUrl: SITE, ...options },
  );
  return filled(rendered.html);
}
