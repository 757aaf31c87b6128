import { type Capabilities, usualCapabilities } from '#shared/provider/capabilities.ts';

import { credentialFields } from './credential-fields.ts';
import type { Profile } from './profile.ts';

/** The longest text in bytes where a profile says nothing; a request must stay below what a packet holds. */
export const usualMaxBytes = 900;

/** What any SIP trunk can do, before its profile is known. */
export const capabilities: Capabilities = {
  ...usualCapabilities,
  label: 'SIP trunk (SIP MESSAGE)',
  about:
    'Texts over a SIP registration, for carriers that carry them so. No pictures, no lists; mostly no receipts, so a text stays at Sent.',
  credentials: credentialFields,
  mms: false,
  deliveryReceipts: false,
  signedWebhooks: false,
  hooks: [],
  keepsSession: true,
  senderTypes: ['10dlc', 'toll-free'],
  media: null,
  maxTextUnits: usualMaxBytes,
  parallelSends: 10,
};

/** What this trunk can do. */
export function capabilitiesOf({ imdn, maxBytes }: Profile): Capabilities {
  return { ...capabilities, deliveryReceipts: imdn, echoesReference: imdn, maxTextUnits: maxBytes };
}
