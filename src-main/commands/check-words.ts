import type { Check } from '#main/history/checks.ts';
import type { InboundRoad } from '#shared/contract/connection-shapes.ts';
import { checkPatience } from '#shared/message/check.ts';

type Labels = { readonly from: string; readonly to: string };

/** How a check went. `road`: how texts come in over the line's connection. */
export function checkWords(
  check: Check,
  { from, to, road }: Labels & { readonly road: InboundRoad },
): string {
  switch (check.state) {
    case 'waiting':
      return `A text from ${from} is on its way`;
    case 'arrived':
      return arrivedWords(check, road);
    case 'missing':
      return missingWords({ from, to });
    case 'not-sent':
      return `Could not be sent from ${from}: ${check.problem ?? 'it failed'}`;
  }
}

export const missingWords = ({ from, to }: Labels): string =>
  `A text to ${to} did not arrive within ${checkPatience / 60_000} minutes; sent from ${from}`;

function arrivedWords(
  { startedAt, acceptedAt, arrivedAt, heard }: Check,
  road: InboundRoad,
): string {
  const delay = Math.max(0, (arrivedAt ?? startedAt) - startedAt);
  const late = delay > checkPatience ? ', too late' : '';
  const taken =
    acceptedAt === null ? '' : `; taken by the carrier after ${inTime(acceptedAt - startedAt)}`;
  return `Arrived by ${wayOf(heard, road)} after ${inTime(delay)}${late}${taken}`;
}

function wayOf(heard: Check['heard'], road: InboundRoad): string {
  if (heard === 'listed') return road === 'polling' ? 'polling' : 'a look into the carrier’s list';
  return road === 'session' ? 'session' : 'webhook';
}

/** "2.4 s", "3 min 20 s". */
function inTime(ms: number): string {
  if (ms < 60_000) return `${(Math.max(0, ms) / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
