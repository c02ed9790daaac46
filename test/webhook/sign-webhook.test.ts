import { expect, test } from 'vitest';
import { signWebhook } from '../../src/webhook/sign-webhook.ts';

const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const AT = 1_614_265_330_000;
const BODY = '{"test": 2432232314}';
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
/** Of the reference libraries' own tests. */
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

test('the vector that the reference libraries are tested with', () => {
  expect(signWebhook(ID, AT, BODY, [SECRET])).toEqual({
    'webhook-id': ID,
    'webhook-timestamp': '1614265330',
    'webhook-signature': SIGNATURE,
  });
});

test('with several secrets there are several signatures, the first of the first', () => {
  const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const { 'webhook-signature': list } = signWebhook(ID, AT + 999, BODY, [SECRET, other]);
  const [first, second, ...more] = list.split(' ');
  expect([first, more]).toEqual([SIGNATURE, []]);
  expect(second).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
  expect(second).not.toBe(first);
});
