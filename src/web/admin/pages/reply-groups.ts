import type { ReplyCount } from '../../../store/replies.ts';

/** All answers of one sort, whoever gave them. */
export interface ReplyGroup {
  readonly kind: ReplyCount['kind'];
  readonly reply: string;
  readonly count: number;
  /** Most frequent first. */
  readonly domains: readonly { readonly domain: string; readonly count: number }[];
}

/** Answers by sort, most frequent first. */
export function groupReplies(replies: readonly ReplyCount[]): ReplyGroup[] {
  const groups = new Map<string, ReplyCount[]>();
  for (const reply of replies) {
    const key = `${reply.kind} ${reply.reply}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [reply]);
    else group.push(reply);
  }
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const domains = group
        .map(({ domain, count }) => ({ domain, count }))
        .toSorted((a, b) => b.count - a.count || a.domain.localeCompare(b.domain));
      const count = group.reduce((n, one) => n + one.count, 0);
      return [{ kind: first.kind, reply: first.reply, count, domains }];
    })
    .toSorted((a, b) => b.count - a.count);
}
