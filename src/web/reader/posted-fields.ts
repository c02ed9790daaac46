import type { Context } from 'hono';

/** The fields of a posted form, in either encoding; a field that is not text, or not there, is ''. */
export interface PostedFields {
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: (name: string) => string;
}

/** What a form posted. A body that is no form has no fields. */
export async function postedFields({ req }: Context): Promise<PostedFields> {
  const body = await readBody(req);
  return {
    body,
    text(name) {
      const value = Object.hasOwn(body, name) ? body[name] : undefined;
      return typeof value === 'string' ? value : '';
    },
  };
}

async function readBody(req: Context['req']): Promise<Record<string, unknown>> {
  try {
    return await req.parseBody();
  } catch (error) {
    // What undici says to a multipart body without its boundary, or cut off in the middle.
    if (error instanceof TypeError) return {};
    throw error;
  }
}
