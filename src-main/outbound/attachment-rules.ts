import type { Capabilities } from '#shared/provider/capabilities.ts';

import type { OutboundDesk } from './outbound-desk.ts';

type Limits = NonNullable<Capabilities['media']>;

/** What may be attached to a text over a connection; `problem` says why nothing may. */
export type AttachmentRules = Limits & {
  readonly problem: { readonly because: string; readonly cure: string } | null;
};

const nothing: Limits = { maxTotalOctets: 0, maxCount: 0, types: [] };

export function attachmentRulesOf(desk: OutboundDesk, connectionId: string): AttachmentRules {
  const capabilities = desk.adapterOf(connectionId)?.capabilities;
  if (capabilities === undefined)
    return {
      ...nothing,
      problem: {
        because: 'This line is not connected to a carrier.',
        cure: 'Choose another line.',
      },
    };
  if (!capabilities.mms || capabilities.media === null)
    return {
      ...nothing,
      problem: {
        because: `${capabilities.label} carries no pictures on this line.`,
        cure: 'Take the picture out, or choose a line that carries pictures.',
      },
    };
  return { ...capabilities.media, problem: desk.mediaRoad.problemOf(connectionId) };
}
