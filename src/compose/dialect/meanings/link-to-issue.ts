import { basename } from 'node:path/posix';
import type { Problem } from '../../../domain/problem.ts';
import { brokenLink } from '../../article/broken-link.ts';
import { decoded } from '../../article/decoded.ts';
import { findLinkedIssue } from '../../article/find-linked-issue.ts';
import { WEB_VERSION, type Place } from '../../article/link-target.ts';
import type { IssueBeside } from '../../series-around.ts';
import { inline, link, text } from '../markdown-nodes.ts';
import { WHOLE } from '../tags/read-liquid.ts';
import {
  whereIs,
  type TagContext,
  type TagHandler,
  type TagHandlers,
  type TagMeaning,
  type TemplateTag,
} from '../template-tag.ts';
import { argument } from './tag-arguments.ts';

/** A generator's name for a post (`first-heap`, `posts/first-heap/index.md`, `2026-01-10-soil`) → the issue that it means. */
function issueCalled(name: string, { series }: Place): IssueBeside | undefined {
  const path = name
    .replace(/\/_?index(?:\.\w+)*$/i, '')
    .replace(/(?:\.[a-z]{2}(?:-[a-z]{2,4})?)?\.(?:md|markdown|mdx|html)$/i, '');
  const last = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const dateless = last.replace(/^\d{4}-\d{1,2}-\d{1,2}-/, '');
  return (
    findLinkedIssue(series, name) ??
    [path, `/${path}/`, `${last}.md`, `${dateless}.md`]
      .map((one) => findLinkedIssue(series, one))
      .find((one) => one !== undefined)
  );
}

/** The address by which the article finds an issue again, and the blog its page. */
const addressOf = ({ aliases, file }: IssueBeside): string =>
  aliases.find((alias) => alias.startsWith('/')) ?? basename(file);

/** A reference that leads nowhere is told, and leads to the web version. */
function addressFor(tag: TemplateTag, written: string, { place, report }: TagContext): string {
  const [, path = '', anchor = ''] = /^([^#]*)(#.*)?$/s.exec(written) ?? [];
  if (path === '') return anchor;
  const issue = issueCalled(decoded(path.replace(/%(?![0-9a-f]{2})/gi, '%25')), place);
  if (issue !== undefined) return addressOf(issue) + anchor;
  report(whereIs(tag), {
    severity: severityFor(path, place),
    rule: 'broken-link',
    message: `The reference ${tag.source.replace(/\s+/g, ' ')} leads to no issue of this series, so it was linked to the web version.`,
    fix: 'Check the spelling; a draft or a post that is left out cannot be referred to. Link to other pages by their address.',
  });
  return WEB_VERSION;
}

/** A name without a folder means a post beside this one; a page elsewhere on the blog may well be there. */
function severityFor(path: string, place: Place): Problem['severity'] {
  const file = path.replace(/\/_?index(?:\.\w+)*$/i, '').replace(/(?:\.(?:md|markdown|mdx|html))?$/i, '.md');
  return brokenLink(file, place)?.problem.severity ?? 'warning';
}

/** Hugo's `{{< ref "path" >}}` and `{{< relref path="path" >}}`, an address. */
const reference: TagHandler = (tag, context) => {
  const written = argument(tag, 0, 'path');
  return written === undefined ? undefined : { kind: 'url', url: addressFor(tag, written, context) };
};

/** Jekyll's `{% post_url 2026-01-10-name %}` and `{% link _posts/2026-01-10-name.md %}`, Hexo's `{% post_path name %}`. */
const postAddress: TagHandler = (tag, context) => {
  const written = (tag.named[WHOLE] ?? tag.positional[0] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2');
  if (written === '') return undefined;
  if (/^[^#]+\.(?!md|markdown|mdx|html)\w{2,5}$/i.test(written))
    return { kind: 'url', url: `/${written.replace(/^\/+/, '')}` };
  return { kind: 'url', url: addressFor(tag, written, context) };
};

/** Hexo's `{% post_link name words %}`. */
const postLink: TagHandler = (tag, context) => {
  const [name = '', ...rest] = tag.positional;
  if (name === '') return undefined;
  const words = rest
    .filter((word, index) => index < rest.length - 1 || !/^(?:true|false)$/.test(word))
    .join(' ');
  const title = words === '' ? issueCalled(name.replace(/#.*$/, ''), context.place)?.title : words;
  return linkTo(addressFor(tag, name, context), title ?? name);
};

/** `{% link _posts/name.md %}` of Jekyll is an address; `{% link words https://… %}` of Hexo a link. */
const anyLink: TagHandler = (tag, context) => {
  const at = tag.positional.findIndex((word) => /^(?:https?:|mailto:|\/)/.test(word));
  const url = tag.positional[at];
  if (at < 1 || url === undefined) return postAddress(tag, context);
  return linkTo(url, tag.positional.slice(0, at).join(' '));
};

/** Hexo's `{% asset_path file %}` and `{% asset_link file words %}`. */
const assetAddress: TagHandler = (tag) => {
  const [file = ''] = tag.positional;
  return file === '' ? undefined : { kind: 'url', url: file };
};

const assetLink: TagHandler = (tag) => {
  const [file = '', ...words] = tag.positional;
  return file === ''
    ? undefined
    : linkTo(file, words.filter((word) => !/^(?:true|false)$/.test(word)).join(' ') || file);
};

const linkTo = (url: string, words: string): TagMeaning => inline([link(url, [text(words)])]);

export const referenceTags: TagHandlers = { ref: reference, relref: reference };

export const liquidLinkTags: TagHandlers = {
  posturl: postAddress,
  postpath: postAddress,
  postlink: postLink,
  link: anyLink,
  assetpath: assetAddress,
  assetlink: assetLink,
};
