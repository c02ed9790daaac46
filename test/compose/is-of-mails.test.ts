import { expect, test } from 'vitest';
import { isOfMails } from '../../src/compose/template/is-of-mails.ts';
import { loadTemplates } from '../../src/compose/template/load-templates.ts';

test.each([
  ['issue.mjml.liquid', true],
  ['partials/monitoring.liquid', true],
  ['monitoring.mjml.liquid', true],
  ['monitoring/grafana-dashboard.json', false],
  ['monitoring\\alerts.yml', false],
])('%s: %s', (path, isOf) => {
  expect(isOfMails(path)).toBe(isOf);
});

test('what is for Prometheus and Grafana is no template of a mail', async () => {
  const templates = await loadTemplates();
  if (!(templates instanceof Map)) throw new Error('Ours cannot be read.');
  const names = [...(templates as Map<string, unknown>).keys()];
  expect(names).toContain('locales/en.json');
  expect(names.filter((name) => name.startsWith('monitoring'))).toEqual([]);
});
