import type { Context } from 'hono';
import { GUARD_FIELDS } from '../guard/form-guard.tsx';
import { API_ERRORS, type ApiError } from './api-error.ts';

/** A sign-up as a program sends it; '' where it says nothing. */
export type PostedSignup = Readonly<Record<(typeof FIELDS)[number], string>>;

const FIELDS = ['address', 'name', 'pace', 'language', ...Object.values(GUARD_FIELDS)] as const;

/** Reads the JSON of a request; what is wrong with its form, not with its values. */
export async function readSignup(context: Context): Promise<PostedSignup | ApiError> {
  const type = context.req.header('Content-Type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') return API_ERRORS.type;
  const body = parseObject(await context.req.text());
  if (body === undefined) return API_ERRORS.body;
  const values = FIELDS.map((field): [string, unknown] => [field, body[field] ?? '']);
  const [wrong] = values.find(([, value]) => typeof value !== 'string') ?? [];
  if (wrong !== undefined) return { ...API_ERRORS.body, field: wrong };
  return Object.fromEntries(values) as PostedSignup;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return value as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
