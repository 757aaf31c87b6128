import type { Clock } from '#shared/contract/clock.ts';

import type { CarrierAtWork } from './carrier-at-work.ts';
import { flowrouteAtWork } from './flowroute-at-work.ts';
import { genericHttpAtWork } from './generic-http-at-work.ts';
import { plivoAtWork } from './plivo-at-work.ts';
import { sandboxAtWork } from './sandbox-at-work.ts';
import { telnyxAtWork } from './telnyx-at-work.ts';
import { twilioAtWork } from './twilio-at-work.ts';
import { vonageAtWork } from './vonage-at-work.ts';

type Start = (clock: Clock) => Promise<CarrierAtWork>;

/** Every carrier that is texted over by hooks, by the name it is connected with. */
export const allAtWork: Readonly<Record<string, Start>> = {
  sandbox: sandboxAtWork,
  twilio: twilioAtWork,
  telnyx: telnyxAtWork,
  flowroute: flowrouteAtWork,
  plivo: plivoAtWork,
  vonage: vonageAtWork,
  'generic-http': genericHttpAtWork,
};
