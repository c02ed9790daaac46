import { describeHostile } from './describe-hostile.ts';
import { ADDRESSES_AND_TEMPLATES } from './payloads.ts';

describeHostile(ADDRESSES_AND_TEMPLATES);
