import type { Options } from 'rehype-sanitize';

const TAGS =
  'a abbr b blockquote br caption cite code dd del dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li ' +
  'mark ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr';

const DROPPED_WITH_CONTENT =
  'script style iframe video audio object embed applet form button select textarea option svg math canvas template noscript noembed noframes title head';

const HEADING_ATTRIBUTES = Object.fromEntries(
  ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((tag) => [tag, ['id']]),
);

/** What a post may put into a mail. Everything not named here goes. */
export const mailSchema: Options = {
  tagNames: TAGS.split(' '),
  strip: DROPPED_WITH_CONTENT.split(' '),
  attributes: {
    ...HEADING_ATTRIBUTES,
    a: ['href', 'title', ['className', 'button']],
    abbr: ['title'],
    code: [['className', /^language-[\w+#.-]+$/]],
    div: [['className', 'embed', 'callout', /^callout-(?:note|tip|important|warning|caution)$/]],
    img: ['src', 'alt', 'title', 'width', 'height'],
    li: ['value', ['className', 'task-list-item']],
    ol: ['start', 'reversed'],
    p: [['className', 'notes-title', 'embed-title', 'callout-title']],
    section: [['className', 'notes']],
    td: ['align', 'colSpan', 'rowSpan'],
    th: ['align', 'colSpan', 'rowSpan'],
    '*': ['lang', 'dir'],
  },
  protocols: { href: ['http', 'https', 'mailto', 'tel'], src: ['http', 'https'] },
  ancestors: {
    tbody: ['table'],
    td: ['table'],
    th: ['table'],
    thead: ['table'],
    tfoot: ['table'],
    tr: ['table'],
  },
  clobber: [],
  clobberPrefix: '',
};
