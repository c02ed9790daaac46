import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Problem } from '../../src/domain/problem.ts';
import { filled, renderSample, renderedSample } from './sample-series.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'templates-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, source: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), source);
}

async function problemsWith(name: string, source: string): Promise<readonly Problem[]> {
  await write(name, source);
  const result = await renderSample({}, {}, { templatesFolder: folder });
  expect(result).not.toHaveProperty('rendered');
  return result.problems;
}

const frame = (inside: string): string =>
  `<mjml>\n<mj-body><mj-section><mj-column>\n${inside}\n<mj-text><a href="{{ slots.unsubscribeUrl }}">x</a></mj-text>\n</mj-column></mj-section></mj-body>\n</mjml>`;

test('an empty folder changes nothing', async () => {
  const ours = await renderedSample({}, {}, {});
  const theirs = await renderedSample({}, {}, { templatesFolder: folder });
  expect(theirs.html).toEqual(ours.html);
});

test('one file of the writer takes the place of ours, the others stay', async () => {
  await write('partials/footer.mjml.liquid', frameless('OUR FOOT {{ issue.title }}'));
  const html = filled((await renderedSample({ title: 'A & B' }, {}, { templatesFolder: folder })).html);
  expect(html).toContain('OUR FOOT A &amp; B');
  expect(html).toContain('Part 2 of 3');
});

const frameless = (inside: string): string =>
  `<mj-section><mj-column><mj-text>${inside}<a href="{{ slots.unsubscribeUrl }}">x</a></mj-text></mj-column></mj-section>`;

test('a series may have a template of its own', async () => {
  await write('note.mjml.liquid', frame('<mj-text>NOTE</mj-text>\n{{ article | raw }}'));
  const rendered = await renderedSample({ body: 'BODY' }, { template: 'note' }, { templatesFolder: folder });
  expect(filled(rendered.html)).toMatch(/NOTE[^]*BODY/);
  expect(filled(rendered.text)).toContain('BODY');
});

test('one phrase may be changed alone', async () => {
  await write('locales/en.json', '{ "issue": { "unsubscribe": "Let me go" } }');
  const { text } = await renderedSample({}, {}, { templatesFolder: folder });
  expect(text.join('')).toContain('Let me go: <');
  expect(text.join('')).toContain('Manage your subscription');
});

test('the text template has its own words and wrapping', async () => {
  await write(
    'issue.text.liquid',
    '{{ issue.title | wrap: "> ", "> " }}\n\n\n\n{{ article }}\n<{{ slots.unsubscribeUrl }}>',
  );
  const { text } = await renderedSample({ body: '    a\n\n\n    b' }, {}, { templatesFolder: folder });
  expect(filled(text)).toBe(
    '> Feeding the soil\n\n    a\n\n\n    b\n<https://news.example.com/unsubscribeUrl>\n',
  );
});

test.each<[string, string, string, number, RegExp]>([
  ['an unknown variable', 'issue.mjml.liquid', 'a\n{{ issue.tilte }}', 2, /undefined variable: issue\.tilte/],
  ['an unknown filter', 'issue.mjml.liquid', '\n\n{{ 1 | shout }}', 3, /undefined filter: shout/],
  ['a broken tag', 'issue.mjml.liquid', '{% if %}', 1, /invalid value expression/],
  ['a missing partial', 'issue.mjml.liquid', '{% render "partials/nope" %}', 1, /partials\/nope/],
  [
    'a mistake in a partial',
    'partials/footer.mjml.liquid',
    '\n{{ nobody }}',
    2,
    /undefined variable: nobody/,
  ],
  ['a mistake in the text', 'issue.text.liquid', '\n{{ nobody }}', 2, /undefined variable: nobody/],
  [
    'an endless loop',
    'issue.mjml.liquid',
    '{% for i in (1..1000000000) %}x{% endfor %}',
    1,
    /limit exceeded/,
  ],
  [
    'MJML that MJML does not know',
    'issue.mjml.liquid',
    frame('<mj-text colour="red">x</mj-text>'),
    3,
    /colour/,
  ],
  ['an unknown element', 'issue.mjml.liquid', frame('<mj-txt>x</mj-txt>'), 3, /mj-txt/],
  ['broken JSON', 'locales/en.json', '{\n"issue": {,}\n}', 2, /not valid JSON/],
])('%s is a problem with its file and line', async (_, name, source, line, message) => {
  const [problem] = await problemsWith(name, source);
  expect(problem).toMatchObject({ severity: 'error', file: `${folder}/${name}`, line });
  expect(problem?.message).toMatch(message);
});

test('a template without MJML is a problem', async () => {
  expect((await problemsWith('issue.mjml.liquid', 'hello'))[0]?.file).toBe(`${folder}/issue.mjml.liquid`);
});

test('words that are not text are a problem', async () => {
  expect((await problemsWith('locales/en.json', '{"issue":{"why":1}}'))[0]?.message).toContain('issue.why');
});

test('a template without a link to unsubscribe is a problem', async () => {
  const [problem] = await problemsWith('partials/footer.mjml.liquid', '<mj-raw></mj-raw>');
  expect(problem?.message).toContain('no link to unsubscribe');
});

test.each(['note', '../secret', '/etc/passwd'])(
  'a series that asks for the template %s gets a problem',
  async (template) => {
    const result = await renderSample({}, { template }, { templatesFolder: folder });
    expect(result.problems).toMatchObject([{ severity: 'error', file: 'content/garden/_index.md' }]);
  },
);

test.each([
  '{% render "../../package.json" %}',
  '{% include "/etc/passwd" %}',
  '{% layout "file:///etc/passwd" %}',
  '{{ issue.constructor.name }}',
  '{{ "x".constructor }}',
  '{{ words.__proto__ }}',
])('the template %s has no way out', async (source) => {
  const problems = await problemsWith('issue.mjml.liquid', source);
  expect(problems[0]?.message).toMatch(/Failed to lookup|undefined variable/);
});

test('a symbolic link that leaves the folder is not followed', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'outside-'));
  await writeFile(join(outside, 'footer.liquid'), 'SECRET');
  await mkdir(join(folder, 'partials'));
  await symlink(join(outside, 'footer.liquid'), join(folder, 'partials/footer.mjml.liquid'));
  const { html } = await renderedSample({}, {}, { templatesFolder: folder });
  await rm(outside, { recursive: true });
  expect(filled(html)).not.toContain('SECRET');
  expect(filled(html)).toContain('Unsubscribe');
});

test('a templates folder that is not there is a problem', async () => {
  const result = await renderSample({}, {}, { templatesFolder: join(folder, 'nowhere') });
  expect(result.problems).toMatchObject([{ severity: 'error', file: join(folder, 'nowhere') }]);
});

test.each([
  ['a misspelt name', 'issue.mjlm.liquid', 'Did you mean "issue.mjml.liquid"?'],
  ['a misspelt folder', 'partial/footer.mjml.liquid', 'Did you mean "partials/footer.mjml.liquid"?'],
  ['no folder', 'footer.mjml.liquid', 'Did you mean "partials/footer.mjml.liquid"?'],
  ['no .liquid', 'issue.mjml', 'Did you mean "issue.mjml.liquid"?'],
  ['a misspelt language', 'locales/zh-hans.json', 'Did you mean "locales/zh-Hans.json"?'],
  [
    'a name nobody says',
    'partials/logo.mjml.liquid',
    'Remove it, or name it in a `render` tag of a template.',
  ],
  ['text without MJML', 'note.text.liquid', 'Remove it, or name it in a `render` tag of a template.'],
])('a file with %s is warned of', async (_, name, fix) => {
  await write(name, '{}');
  const { problems } = await renderSample({}, {}, { templatesFolder: folder });
  expect(problems).toMatchObject([
    { severity: 'warning', rule: 'unused-template', file: `${folder}/${name}`, fix },
  ]);
});

test('a file that takes a place, is rendered, or may be of another series is not warned of', async () => {
  await write('partials/footer.mjml.liquid', `{% render 'partials/logo.mjml' %}${frameless('x')}`);
  await write('partials/logo.mjml.liquid', frameless('LOGO'));
  await write('note.mjml.liquid', frame(''));
  await write('note.text.liquid', '{{ slots.unsubscribeUrl }}');
  await write('isue.mjml.liquid', frame('{{ article | raw }}'));
  await write('README.md', '');
  const { problems } = await renderSample({}, { template: 'isue' }, { templatesFolder: folder });
  expect(problems).toEqual([]);
});

test("our words are marked with their language, the writer's with the series'", async () => {
  const place = 'Part 2 of 3';
  const ours = filled((await renderedSample({}, { language: 'de' })).html);
  expect(ours).toMatch(new RegExp(`lang="en"[^>]*>${place}`));
  await write('locales/en.json', '{ "issue": { "unsubscribe": "Abbestellen" } }');
  const theirs = filled((await renderedSample({}, { language: 'de' }, { templatesFolder: folder })).html);
  expect(theirs).toMatch(new RegExp(`lang="de"[^>]*>${place}`));
});
