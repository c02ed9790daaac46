import type { PhrasingContent } from 'mdast';
import { htmlElement } from '../html-element.ts';
import { asText, blocks, inline, link, NOTHING, text } from '../markdown-nodes.ts';
import { WHOLE } from '../tags/read-liquid.ts';
import type { TagHandler, TagHandlers, TemplateTag } from '../template-tag.ts';
import { argument, inMarkdown, innerBlocks, innerLine, named, under } from './tag-arguments.ts';

/** The words of a tag: what is inside, or what it is given. */
function wordsOf(tag: TemplateTag, place = 0): PhrasingContent[] {
  const inner = innerLine(tag);
  if (inner.length > 0) return inner;
  const said = named(tag, 'text', 'content', 'label', 'title', 'keys', 'name') ?? tag.positional[place];
  return said === undefined || said === '' ? [] : inMarkdown(said);
}

const isSaid = (words: readonly PhrasingContent[]) => (words.length === 0 ? undefined : inline(words));

const words: TagHandler = (tag) => isSaid(wordsOf(tag));

const inElement =
  (name: string): TagHandler =>
  (tag) => {
    const said = wordsOf(tag);
    return said.length === 0 ? undefined : inline([htmlElement(name, {}, said)]);
  };

const abbreviation: TagHandler = (tag) => {
  const title = named(tag, 'title', 'definition') ?? tag.positional[tag.inner === undefined ? 1 : 0];
  const said =
    tag.inner === undefined ? inMarkdown(argument(tag, 0, 'text', 'abbr', 'name') ?? '') : innerLine(tag);
  return inline([htmlElement('abbr', title === undefined ? {} : { title }, said)]);
};

/** `{{< ruby "明前" "míng qián" >}}`, and `{{< ruby "míng qián" >}}明前{{< /ruby >}}`. */
const ruby: TagHandler = (tag) => {
  const inner = innerLine(tag);
  const reading = named(tag, 'rt', 'ruby', 'reading', 'text') ?? tag.positional[inner.length > 0 ? 0 : 1];
  const base = inner.length > 0 ? inner : [text(argument(tag, 0, 'base', 'rb', 'word') ?? '')];
  if (reading === undefined) return isSaid(inner);
  return inline([htmlElement('ruby', {}, [...base, htmlElement('rt', {}, [text(reading)])])]);
};

const HREFS = ['href', 'url', 'link', 'relref', 'ref', 'to', 'target_url'];

/** A link as a button. `{{< button href="/join/" >}}Join{{< /button >}}`, `{{< button "/join/" "Join" >}}`. */
const button: TagHandler = (tag) => {
  const href = argument(tag, 0, ...HREFS);
  return href === undefined ? undefined : inline([buttonTo(href, wordsOf(tag, 1), href)]);
};

const buttonTo = (href: string, said: readonly PhrasingContent[], otherwise: string) =>
  htmlElement('a', { href, className: ['button'] }, said.length === 0 ? [text(otherwise)] : said);

/** NexT's and Butterfly's `{% btn url, text, icon, class %}`. */
const hexoButton: TagHandler = (tag) => {
  const [href = '', said = '', icon = ''] = (tag.named[WHOLE] ?? '').split(',').map((part) => part.trim());
  if (href === '#' && said === '' && icon !== '') return NOTHING;
  return href === '' ? undefined : inline([buttonTo(href, said === '' ? [] : [text(said)], href)]);
};

/** LoveIt's `{{< link "https://…" "words" >}}`. */
const plainLink: TagHandler = (tag) => {
  const href = argument(tag, 0, ...HREFS);
  const said = wordsOf(tag, 1);
  return href === undefined ? undefined : inline([link(href, said.length === 0 ? [text(href)] : said)]);
};

/** LoveIt's `{{< person "https://…" "Elm" "what elm does" >}}`. */
const person: TagHandler = (tag) => {
  const [href, name] = [argument(tag, 0, 'url'), argument(tag, 1, 'name', 'nickname')];
  if (name === undefined) return undefined;
  return inline(href === undefined ? inMarkdown(name) : [link(href, inMarkdown(name))]);
};

/** Words inside an icon's tag stand beside it. */
const icon: TagHandler = (tag) => isSaid(innerLine(tag)) ?? NOTHING;

/** NexT's `{% caniuse fetch @ past_2 %}`. */
const canIUse: TagHandler = (tag) => {
  const feature = /^[\w-]+/.exec((tag.named[WHOLE] ?? '').trim())?.[0];
  if (feature === undefined) return undefined;
  return inline([link(`https://caniuse.com/${feature}`, [text(`caniuse.com/${feature}`)])]);
};

const address: TagHandler = (tag) => {
  const to = argument(tag, 0, 'address', 'email', 'mail')?.replace(/^mailto:/, '');
  return to === undefined || !to.includes('@') ? undefined : inline([link(`mailto:${to}`, [text(to)])]);
};

/** NexT's `{% label primary@words %}` and Butterfly's `{% label words blue %}`. */
const hexoLabel: TagHandler = (tag) => {
  const whole = (tag.named[WHOLE] ?? '').trim();
  const said = /^[a-z]*@([^]*)$/.exec(whole)?.[1] ?? tag.positional[0] ?? '';
  return said === '' ? undefined : inline([htmlElement('mark', {}, [text(said.trim())])]);
};

/** Volantis' and others' `{% kbd Ctrl %}`, `{% u words %}`. */
const hexoWords =
  (name: string): TagHandler =>
  (tag) => {
    const said = (tag.named[WHOLE] ?? '').trim();
    return said === ''
      ? inElement(name)(tag, undefined as never)
      : inline([htmlElement(name, {}, inMarkdown(said))]);
  };

/** Says beside the line what belongs to it. */
const aside: TagHandler = (tag) => {
  const said = wordsOf(tag, tag.positional.length - 1);
  return said.length === 0 ? undefined : inline([text(' ('), ...said, text(')')]);
};

const param: TagHandler = (tag, { place: { issue } }) => {
  const key = argument(tag, 0, 'name', 'key')
    ?.toLowerCase()
    .replace(/^(?:page\.)?params\./, '');
  if (key === undefined) return undefined;
  const value = Object.hasOwn(issue.params, key)
    ? issue.params[key]
    : key === 'title'
      ? issue.title
      : undefined;
  return value === undefined ? undefined : asText(value);
};

const inBox: TagHandler = (tag) => (tag.inner === undefined ? undefined : blocks(innerBlocks(tag)));

export const textTags: TagHandlers = {
  ...under(
    'badge tag label chip pill term keyword tooltip color colour font fontcolor textcolor size underline',
    words,
  ),
  ...under('mark highlighttext hl marker highlighted', inElement('mark')),
  ...under('kbd key keys keyboard', inElement('kbd')),
  ...under('abbr abbreviation', abbreviation),
  ...under('button btn cta buttonlink linkbutton externalbutton buttonexternal', button),
  ...under('link a externallink extlink outlink newtab', plainLink),
  ...under('email mail mailto cloakemail cloak', address),
  ...under('sidenote marginnote', aside),
  ...under('typeit typewriter', inBox),
  ...under('icon fa fas fab svgicon faicon iconify fontawesome octicon', icon),
  version: words,
  person,
  sub: inElement('sub'),
  sup: inElement('sup'),
  u: inElement('u'),
  del: inElement('del'),
  small: inElement('small'),
  emoji: words,
  ruby,
  rb: ruby,
  furigana: ruby,
  param,
  br: () => inline([{ type: 'break' }]),
};

export const hexoTextTags: TagHandlers = {
  btn: hexoButton,
  button: hexoButton,
  caniuse: canIUse,
  label: hexoLabel,
  kbd: hexoWords('kbd'),
  u: hexoWords('u'),
  del: hexoWords('del'),
  emp: hexoWords('em'),
  sup: hexoWords('sup'),
  sub: hexoWords('sub'),
};
