import type { Clock } from '#shared/contract/clock.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { DesktopFrame, RelayFrame, SharedConnection } from '#shared/team/stream-frames.ts';
import { teamProvider } from '#shared/team/team-event.ts';

import { LogFailure, type DeliveryLog } from '../delivery-log.ts';

export type AppendFrame = Extract<DesktopFrame, { type: 'append' | 'append-arrival' }>;

export type Appending = {
  readonly log: DeliveryLog;
  readonly clock: Clock;
  /** Who appends, as it was authenticated. */
  readonly desktop: string;
  connections(): readonly SharedConnection[];
  hasOrHad(connectionId: string): boolean;
};

type Keyed = { readonly raw: RawDelivery; readonly key: string };

/** Stores what a desktop tells, and answers once it is durable. */
export async function takeAppend(appending: Appending, frame: AppendFrame): Promise<RelayFrame> {
  const { id } = frame;
  const keyed = frame.type === 'append' ? toEvent(appending, frame) : toArrival(appending, frame);
  if (keyed === null)
    return {
      type: 'not-appended',
      id,
      sentence: 'This workspace has no such connection.',
      again: false,
    };
  try {
    const { seq, duplicate } = await appending.log.append(keyed.raw, keyed.key);
    return { type: 'appended', id, seq, duplicate };
  } catch (error) {
    const sentence =
      error instanceof LogFailure ? error.message : 'The log of deliveries cannot store it.';
    return { type: 'not-appended', id, sentence, again: true };
  }
}

function toEvent(
  { clock, desktop, hasOrHad }: Appending,
  { event }: Extract<AppendFrame, { type: 'append' }>,
): Keyed | null {
  const about = 'place' in event ? event.place : event;
  // What concerns the whole team, such as a template, is of no connection.
  if ('connectionId' in about && !hasOrHad(about.connectionId)) return null;
  const raw: RawDelivery = {
    provider: teamProvider,
    connectionId: desktop,
    method: 'TEAM',
    url: '',
    headers: {},
    body: Buffer.from(JSON.stringify(event)),
    receivedAt: clock.now(),
  };
  return { raw, key: `${teamProvider}/${desktop}/${event.id}` };
}

/** Under the key that the relay itself would give it, so that what two of us hear is stored once. */
function toArrival(
  { clock, connections }: Appending,
  frame: Extract<AppendFrame, { type: 'append-arrival' }>,
): Keyed | null {
  const { connectionId, headers, key } = frame;
  const connection = connections().find((each) => each.connectionId === connectionId);
  if (connection === undefined) return null;
  const { provider } = connection;
  const raw: RawDelivery = {
    provider,
    connectionId,
    method: 'SESSION',
    url: '',
    headers,
    body: Buffer.from(frame.body, 'base64'),
    receivedAt: clock.now(),
  };
  return { raw, key: `${provider}/${connectionId}/${key}` };
}
