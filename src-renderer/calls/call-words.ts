import type { CallEntry } from '#shared/message/entry.ts';

import { talkTime } from '../controls/tell-time.ts';

/**
 * What happened on a call.
 * @param peer the contact's name or number
 */
export function callWords(call: CallEntry, peer: string): string {
  const way = call.direction === 'in' ? `Call from ${peer}` : `Call to ${peer}`;
  switch (call.outcome) {
    case 'answered':
      return `${way} · answered · ${talkTime(call.seconds)}`;
    case 'missed':
      return call.direction === 'in' ? `Missed call from ${peer}` : `Missed call to ${peer}`;
    case 'declined':
      return `${way} · declined`;
    case 'busy':
      return `${way} · line busy`;
  }
}
