import { fromCarrier } from '#shared/phone/carrier-number.ts';
import type { ListedCall } from '#shared/provider/carrier-lists.ts';

/** How a call ended. What is still ringing or being spoken has not. */
const outcomes: ReadonlyMap<string, ListedCall['outcome']> = new Map([
  ['completed', 'answered'],
  ['busy', 'busy'],
  ['no-answer', 'missed'],
  ['canceled', 'missed'],
  ['failed', 'missed'],
]);

export type CallWire = {
  readonly from: string | null | undefined;
  readonly to: string | null | undefined;
  readonly direction: string;
  readonly status: string;
  readonly seconds: number | undefined;
};

export type CallState = Pick<ListedCall, 'direction' | 'line' | 'peer' | 'outcome' | 'seconds'>;

/** A call that ended between two numbers; null for any other, such as one from a browser (`client:…`) or over SIP. */
export function readCall(wire: CallWire): CallState | null {
  const outcome = outcomes.get(wire.status);
  if (outcome === undefined || !isNumber(wire.from) || !isNumber(wire.to)) return null;
  const [from, to] = [fromCarrier(wire.from), fromCarrier(wire.to)];
  const sides =
    wire.direction === 'inbound'
      ? ({ direction: 'in', line: to, peer: from } as const)
      : ({ direction: 'out', line: from, peer: to } as const);
  return { ...sides, outcome, seconds: outcome === 'answered' ? (wire.seconds ?? 0) : 0 };
}

function isNumber(party: string | null | undefined): party is string {
  return party != null && party !== '' && !/[:@]/.test(party);
}
