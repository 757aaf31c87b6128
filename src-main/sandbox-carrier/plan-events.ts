import type { Behaviour } from './behaviours.ts';
import type { CarrierEvent } from './carrier-event.ts';
import { allCame } from './fetch-files.ts';
import { planAftermath } from './plan-aftermath.ts';
import { fractionOf, idOf } from './seeded-chance.ts';
import { type Draft, type TakenMessage, pairOf } from './taken-message.ts';

/** How the carrier acts: `speed` 1 is human, 10 is ten times as fast; the same `seed` acts alike. */
export type Temper = { readonly speed: number; readonly seed: number };

/** An event with its times, milliseconds since 1970: when it happens and when the webhook is first told. */
export type PlannedEvent = {
  readonly id: string;
  readonly messageId: string;
  readonly pair: string;
  readonly event: CarrierEvent;
  readonly happensAt: number;
  readonly tellAt: number;
};

/** All that will come of a text taken at `startAt` (milliseconds since 1970), in the order it is told. */
export function planEvents(
  message: TakenMessage,
  behaviour: Behaviour,
  { speed, seed, startAt }: Temper & { readonly startAt: number },
): PlannedEvent[] {
  if (behaviour.receipts === 'doubled-and-reversed') return reversedReceipts(message, startAt);
  const drafts = allCame(message.files)
    ? [...receipts(message, behaviour), ...planAftermath(message, behaviour, seed)]
    : [{ event: status(message, 'undelivered', 'media_unreachable'), afterMs: 300 }];
  const sway = 0.85 + 0.3 * fractionOf(seed, pairOf(message), message.turn);
  return drafts.map(({ event, afterMs }, index) => {
    const at = Math.round(startAt + (afterMs * sway) / speed);
    return plan(message, event, { index, happensAt: at, tellAt: at });
  });
}

function receipts(message: TakenMessage, { receipts: kind }: Behaviour): Draft[] {
  if (kind === 'none') return [];
  const sent = { event: status(message, 'sent'), afterMs: 300 };
  const end =
    kind === 'unreachable' || kind === 'spam'
      ? status(message, 'undelivered', kind)
      : status(message, 'delivered');
  return [sent, { event: end, afterMs: 900 }];
}

/** Delivered twice, then sent twice, all told at once; a repeat has the same event id, like a callback sent again. */
function reversedReceipts(message: TakenMessage, startAt: number): PlannedEvent[] {
  const [sent, delivered] = [status(message, 'sent'), status(message, 'delivered')].map(
    (event, index) => plan(message, event, { index, happensAt: startAt + index, tellAt: startAt }),
  );
  return [delivered, delivered, sent, sent].filter((each) => each !== undefined);
}

function status(
  { id: messageId, reference, from, to }: TakenMessage,
  state: 'sent' | 'delivered' | 'undelivered',
  errorCode: 'unreachable' | 'spam' | 'media_unreachable' | null = null,
): CarrierEvent {
  return { type: 'message.status', messageId, reference, from, to, status: state, errorCode };
}

function plan(
  message: TakenMessage,
  event: CarrierEvent,
  times: { readonly index: number; readonly happensAt: number; readonly tellAt: number },
): PlannedEvent {
  const { index, happensAt, tellAt } = times;
  const id = idOf('evt', message.id, index);
  return { id, messageId: message.id, pair: pairOf(message), event, happensAt, tellAt };
}
