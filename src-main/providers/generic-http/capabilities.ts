import { type Capabilities, usualCapabilities } from '#shared/provider/capabilities.ts';

import { credentialFields } from './credential-fields.ts';
import type { DeliveryRules } from './delivery-rules.ts';

export const maxMedia = 10;

const media = {
  maxTotalOctets: 750_000,
  maxCount: maxMedia,
  types: ['image/jpeg', 'image/png', 'image/gif'],
};

/** All that a carrier described by settings may be able to do; what one connection can do, its adapter says. */
export const capabilities: Capabilities = {
  ...usualCapabilities,
  label: 'Other carrier over HTTP',
  about:
    'Any carrier with a small HTTP API, described by templates, or with the web service SMS that Acrobits softphones use.',
  credentials: credentialFields,
  needsAddress: true,
  mms: true,
  signedWebhooks: false,
  echoesReference: true,
  listsMessages: true,
  senderTypes: ['10dlc', 'toll-free', 'short-code', 'alphanumeric'],
  media,
};

type Described = { readonly deliveries: DeliveryRules; readonly mediaPlaces: number };

/** What a connection by templates can do. */
export function templateCapabilities({ deliveries, mediaPlaces }: Described): Capabilities {
  const { texts, receipts } = deliveries;
  return {
    ...capabilities,
    mms: mediaPlaces > 0 || (texts?.media.length ?? 0) > 0,
    media: mediaPlaces > 0 ? { ...media, maxCount: mediaPlaces } : null,
    deliveryReceipts: receipts !== null,
    hooks: [
      ...(texts === null ? [] : (['messages'] as const)),
      ...(receipts === null ? [] : (['receipts'] as const)),
    ],
    listsMessages: false,
    // Without a list only a late receipt can tell: a person need not wait longer for it.
    reconcileAfterMs: [60_000, 300_000],
  };
}

type Kept = { readonly sendsMedia: boolean; readonly lists: boolean };

/** What a connection by the Acrobits contract can do. */
export function acrobitsCapabilities({ sendsMedia, lists }: Kept): Capabilities {
  return {
    ...capabilities,
    media: sendsMedia ? media : null,
    deliveryReceipts: false,
    hooks: [],
    echoesReference: false,
    listsMessages: lists,
    reconcileAfterMs: [3_000, 15_000, 60_000, 300_000],
  };
}
