import type { Purpose } from '../compliance/verdict.ts';
import type { LineId } from '../message/line.ts';

/** A text as limits count it. */
export type Weighed = {
  readonly lineId: LineId;
  readonly connectionId: string;
  /** E.164 or the digits of a short code. */
  readonly peer: string;
  /** As computed; of an MMS it does not matter. */
  readonly segments: number;
  readonly isMms: boolean;
  readonly purpose: Purpose;
};

/** What it counts: its segments, or one for an MMS. */
export const unitsOf = ({ isMms, segments }: Weighed): number =>
  isMms ? 1 : Math.max(segments, 1);

/** Does it go where the limits for registered traffic count? They are those of the country code 1. */
export const isDomestic = ({ peer }: Weighed): boolean =>
  peer.startsWith('+1') || !peer.startsWith('+');

/** May it use what is kept for replies? */
export const isReply = ({ purpose }: Weighed): boolean =>
  purpose === 'reply' || purpose === 'legal';
