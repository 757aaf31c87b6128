import { onTestFinished } from 'vitest';

import { saveConnectionRates } from '#main/history/connection-limits.ts';
import { addConnection } from '#main/history/connections.ts';
import { addLine, findLineByNumber } from '#main/history/lines.ts';
import { openHistory } from '#main/history/open-history.ts';
import type { InboundDesk } from '#main/inbound/inbound-desk.ts';
import type { OutboundDesk } from '#main/outbound/outbound-desk.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { EventName, EventPayload, Tell } from '#shared/contract/contract.ts';
import type { ConnectionId, Line } from '#shared/message/line.ts';
import type { SendOutcome } from '#shared/provider/provider.ts';

import { FakeCarrier } from './fake-carrier.ts';
import { FakeMediaRoad } from './fake-media-road.ts';
import { ManualClock } from './manual-clock.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Told = { readonly name: EventName; readonly payload: EventPayload<EventName> };

export type HistoryDesk = InboundDesk &
  OutboundDesk & {
    readonly dataFolder: string;
    readonly clock: ManualClock;
    readonly carrier: FakeCarrier;
    readonly line: Line;
    readonly mediaRoad: FakeMediaRoad;
    /** Everything told to the screens, oldest first. */
    readonly told: Told[];
    /** How every send ended. */
    readonly outcomes: SendOutcome[];
    readonly woken: { inbound: number; reconcile: number };
    /** The payloads of one event, oldest first. */
    toldAs<Name extends EventName>(name: Name): EventPayload<Name>[];
  };

export const fakeConnection = 'fake0001' as ConnectionId;
export const ourNumber = '+15550100001';

type Given = {
  readonly carrier?: FakeCarrier;
  readonly dataFolder?: string;
  readonly bootId?: string;
  readonly random?: () => number;
  readonly clock?: ManualClock;
};

/** Both roads' desk over a real history file with one connection and one line, a clock that is moved by hand. */
export function historyDesk(given: Given = {}): HistoryDesk {
  const dataFolder = given.dataFolder ?? temporaryFolder();
  const carrier = given.carrier ?? new FakeCarrier();
  const clock = given.clock ?? new ManualClock();
  const db = openHistory(dataFolder);
  onTestFinished(() => void db.close());
  const told: Told[] = [];
  const tell: Tell = (name, payload) => void told.push({ name, payload });
  const outcomes: SendOutcome[] = [];
  const woken = { inbound: 0, reconcile: 0 };
  return {
    db,
    clock,
    tell,
    dataFolder,
    carrier,
    line: firstLine(db, clock.now()),
    told,
    outcomes,
    woken,
    bootId: given.bootId ?? 'boot-1',
    random: given.random ?? (() => 0.5),
    adapterOf: (id) => (id === fakeConnection ? carrier.adapter : undefined),
    noteOutcome: (_id, outcome) => void outcomes.push(outcome),
    mediaRoad: new FakeMediaRoad(),
    wakeReconcile: () => void (woken.reconcile += 1),
    wakeInbound: () => void (woken.inbound += 1),
    toldAs: <Name extends EventName>(name: Name) =>
      told.filter((each) => each.name === name).map((each) => each.payload as EventPayload<Name>),
  };
}

/** The connection and the line, made where the file is new. */
function firstLine(db: WritableDb, now: number): Line {
  const known = findLineByNumber(db, fakeConnection, ourNumber);
  if (known !== undefined) return known;
  addConnection(db, { id: fakeConnection, provider: 'fake', label: 'Fake', baseUrl: null }, now);
  // So much that no test waits for it that is not about limits.
  const plenty = { limit: 1_000, within: 1_000 };
  saveConnectionRates(db, fakeConnection, { sms: plenty, mms: plenty });
  return addLine(
    db,
    {
      connectionId: fakeConnection,
      number: ourNumber,
      numberType: '10dlc',
      label: 'Front desk',
      colour: '#111111',
    },
    now,
  );
}
