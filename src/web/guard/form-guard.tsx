import type { Context } from 'hono';
import type { DoorWords } from '../../compose/door-keys.ts';
import { HOUR_MS, SECOND_MS, type Instant } from '../../domain/instant.ts';
import type { SeriesId } from '../../domain/series.ts';
import { formStamp, keysFor, parseFormStamp } from '../../domain/token.ts';
import type { WebTools } from '../web-tools.ts';
import { isProof } from './proof-of-work.ts';

/** `trap`: answer as ever and do nothing. `again`: show the values once more, with a fresh seal and one button. */
export type FormVerdict = 'person' | 'trap' | 'again';

/** What a form carries to show that a person filled it in. */
export interface FormSeal {
  readonly stamp: string;
  /** Leading zero bits its proof of work must have; 0 = none is asked for. */
  readonly proofBits: number;
}

type GuardTools = Pick<WebTools, 'store' | 'secrets' | 'origins' | 'proofBits'>;

/** Names of fields; the trap's sounds like something worth filling in. */
export const GUARD_FIELDS = { stamp: 'stamp', proof: 'proof', trap: 'website' } as const;

/** Nobody fills in a form faster. */
export const TOO_QUICK_MS = 3 * SECOND_MS;
const TOO_OLD_MS = 2 * HOUR_MS;
/** Whoever has been asked once more only presses a button. */
const STEP_MS = SECOND_MS;
/** What a browser without scripts pays instead of its proof. */
const STEP_WITHOUT_PROOF_MS = 20 * SECOND_MS;

/** The seal of a sign-up form shown now. */
export async function sealForm(tools: GuardTools, series: SeriesId): Promise<FormSeal> {
  const stamp = formStamp(keysFor(tools.secrets, 'form'), series, await tools.store.now());
  return { stamp, proofBits: tools.proofBits };
}

/**
 * The seal of the "one more step" page for what was posted: good for that address only, so that each one costs the wait. One that is
 * good already is kept, so that the wait counts from the first time.
 */
export async function sealStep(
  tools: GuardTools,
  series: SeriesId,
  body: Readonly<Record<string, unknown>>,
): Promise<FormSeal> {
  const keys = keysFor(tools.secrets, 'form');
  const now = await tools.store.now();
  const { address, stamp: given } = fieldsOf(body);
  const madeAt = parseFormStamp(keys, series, given, address);
  const isGood = madeAt !== undefined && isWithin(now - madeAt, 0, TOO_OLD_MS);
  return { stamp: isGood ? given : formStamp(keys, series, now, address), proofBits: tools.proofBits };
}

/**
 * Whether a person sent this sign-up: a stamp of ours from 3 seconds to 2 hours old, with its proof of work where that is asked for; the
 * "one more step" page, whose wait stands in for the proof; or a form without a stamp on one of the writer's own sites.
 */
export async function judgeForm(
  tools: GuardTools,
  context: Context,
  series: SeriesId,
  body: Readonly<Record<string, unknown>>,
): Promise<FormVerdict> {
  const fields = fieldsOf(body);
  if (fields.trap !== '') return 'trap';
  if (fields.stamp === '') {
    const isOurWriters = tools.origins.includes(context.req.header('Origin') ?? '');
    return isOurWriters && tools.proofBits === 0 ? 'person' : 'again';
  }
  return isStamped(tools, series, fields, await tools.store.now()) ? 'person' : 'again';
}

interface GuardFields {
  readonly address: string;
  readonly stamp: string;
  readonly proof: string;
  readonly trap: string;
}

function isStamped(tools: GuardTools, series: SeriesId, fields: GuardFields, now: Instant): boolean {
  const { address, stamp, proof } = fields;
  const keys = keysFor(tools.secrets, 'form');
  const isProven = tools.proofBits === 0 || isProof(stamp, address, proof, tools.proofBits);
  const stepAt = parseFormStamp(keys, series, stamp, address);
  if (stepAt !== undefined)
    return isWithin(now - stepAt, isProven ? STEP_MS : STEP_WITHOUT_PROOF_MS, TOO_OLD_MS);
  const madeAt = parseFormStamp(keys, series, stamp);
  return madeAt !== undefined && isProven && isWithin(now - madeAt, TOO_QUICK_MS, TOO_OLD_MS);
}

const isWithin = (age: number, least: number, most: number): boolean => age >= least && age <= most;

function fieldsOf(body: Readonly<Record<string, unknown>>): GuardFields {
  const text = (name: string): string => {
    const value = body[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    address: text('address'),
    stamp: text(GUARD_FIELDS.stamp),
    proof: text(GUARD_FIELDS.proof),
    trap: text(GUARD_FIELDS.trap),
  };
}

interface FormFieldsProps {
  readonly seal: FormSeal;
  readonly words: DoorWords;
}

/** The hidden fields of a sign-up form; its own fields are called `address`, `name` and `pace`. */
export const FormFields = ({ seal, words }: FormFieldsProps) => (
  <>
    <input type="hidden" name={GUARD_FIELDS.stamp} value={seal.stamp} />
    <div hidden>
      <label>
        {words.trapLabel} <input name={GUARD_FIELDS.trap} tabindex={-1} autocomplete="off" />
      </label>
    </div>
    {seal.proofBits > 0 && (
      <>
        <input
          type="hidden"
          name={GUARD_FIELDS.proof}
          data-bits={seal.proofBits}
          data-wait={words.proofWait}
        />
        <output />
        <script src="/proof.js" defer />
      </>
    )}
  </>
);
