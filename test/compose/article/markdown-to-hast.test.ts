import { expect, test } from 'vitest';
import { renderSample } from '../sample-series.ts';
import { articleOf } from './article-of.ts';

const unreadable = { rule: 'unreadable-html', severity: 'error', line: 5 };

test.each([
  ['boxes in boxes', '<div>'.repeat(3000)],
  ['boxes in boxes on lines of their own', '<div>\n\n'.repeat(3000)],
  ['bold in bold', `a ${'<b>'.repeat(3000)}x`],
  ['lists in lists', '<ul><li>'.repeat(1500)],
  ['tables in tables', '<table><tr><td>'.repeat(800)],
  ['formulas in formulas', '<math><mi>'.repeat(1500)],
  ['templates in templates', '<template>'.repeat(2000)],
  ['boxes in quotes', '> <div>\n'.repeat(500)],
])('%s without an end are an error', (_, body) => {
  const { html, problems } = articleOf(body);
  expect(html).toBe('');
  expect(problems).toMatchObject([unreadable]);
});

test.each([
  ['what was a template tag', '{% raw %}<body onload=x {% endraw %}\n\nbay'],
  ['a blank line', '<body onload=x\n\nbay'],
  ['a blank line in quotes', '<html onload="x\n\nbay'],
  ['Markdown', '<p onclick=x **a**\n\n> <b onclick=x\n\nbay'],
  ['the end of the page', '</body></html>\n\n<frameset onload=x>\n\nbay'],
])('a tag that is interrupted by %s is no trouble', (_, body) => {
  const { html, rules } = articleOf(body);
  expect(html).not.toMatch(/<[^>]*\son\w+=/);
  expect(html).toContain('bay');
  expect(rules).not.toContain('unreadable-html');
});

test('HTML that is nested beyond all reason leaves nothing to mail', async () => {
  const result = await renderSample({ body: `before\n\n${'<div>'.repeat(3000)}` });
  expect(result).not.toHaveProperty('rendered');
  expect(result.problems).toMatchObject([unreadable]);
});

test('HTML that is nested as people nest it is read', () => {
  const { html, problems } = articleOf(`${'<div>'.repeat(40)}deep${'</div>'.repeat(40)}`);
  expect(html).toContain('deep');
  expect(problems).toEqual([]);
});

test('a script in the title of a box that holds one breaks the parser of HTML, and does not throw', () => {
  const script = '<script src="https://example.com/x.js"></script>';
  expect(() => articleOf(`{% note ${script} %}${script}{% endnote %}`)).not.toThrow();
});
