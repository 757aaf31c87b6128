import { saveConnectionRates } from '#main/history/connection-limits.ts';
import { addConnection } from '#main/history/connections.ts';
import { addLine } from '#main/history/lines.ts';
import { openHistory } from '#main/history/open-history.ts';
import { saveBrand, saveCampaign, saveLineRegistration } from '#main/history/registrations.ts';
import { addSpent, takeClockSetBack } from '#main/history/spent.ts';
import { type Throttled, askThrottle, spendThrottle } from '#main/outbound/throttle.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import type { ConnectionId, Line } from '#shared/message/line.ts';
import { endOfPacificDay, pacificDay } from '#shared/throughput/pacific-day.ts';
import type { Weighed } from '#shared/throughput/weighed.ts';

/** Something that lets texts through at a rate: the program's, or a naive one to compare with. */
export type Throttle = {
  ask(db: WritableDb, text: Weighed, now: number): Pick<Throttled, 'until' | 'reason'> | null;
  spend(db: WritableDb, text: Weighed, now: number): void;
};
export const ourThrottle: Throttle = { ask: askThrottle, spend: spendThrottle };

/** A text that left: by the wall clock, and by the time that had truly passed. */
export type Left = { readonly text: Weighed; readonly wall: number; readonly passed: number };

type Waiting = { readonly text: Weighed; until: number; readonly order: number };

export const connections = ['conn0001', 'conn0002'] as ConnectionId[];
/** The lines stand on these connections and in these campaigns; the first two brands of them share nothing. */
export const lineTable = [
  { connection: 0, campaign: 'CSMALL', numberType: '10dlc' },
  { connection: 1, campaign: 'CSMALL', numberType: '10dlc' },
  { connection: 0, campaign: 'CSOLO', numberType: '10dlc' },
  { connection: 1, campaign: null, numberType: 'toll-free' },
  { connection: 0, campaign: null, numberType: '10dlc' },
] as const;

const start = Date.UTC(2026, 10, 22, 7, 59, 30);

/** Lines, campaigns and brands in a real file, a wall clock that anybody may set, and what left by a throttle. */
export class ThrottleWorld {
  readonly left: Left[] = [];
  readonly lines: Line[];
  waiting: Waiting[] = [];
  #db: WritableDb;
  #wall = start;
  #passed = 0;
  #order = 0;

  readonly #folder: string;
  readonly #throttle: Throttle;

  constructor(folder: string, throttle: Throttle = ourThrottle) {
    this.#folder = folder;
    this.#throttle = throttle;
    this.#db = openHistory(folder);
    this.lines = furnish(this.#db);
  }

  /** Spends of a brand before the story begins, so that its day is nearly over. */
  spentBefore(brandId: string, units: number, isReply: boolean): void {
    const line = this.lines[2];
    if (line === undefined) throw new Error('there is a third line');
    const of = { lineId: line.id, connectionId: line.connectionId, campaignId: 'CSOLO', brandId };
    const at = this.#wall - 120_000;
    const spent = { ...of, at, units, isMms: false, isDomestic: true, isReply };
    transact(this.#db, () => addSpent(this.#db, spent));
  }

  get passed(): number {
    return this.#passed;
  }

  arrive(text: Weighed): void {
    this.waiting.push({ text, until: this.#wall, order: (this.#order += 1) });
    this.#letLeave();
  }

  /** The wall clock moves: on as time passes, or back as somebody sets it. */
  move(ms: number): void {
    this.#wall += ms;
    this.#passed += Math.max(ms, 0);
    const wasSetBack = transact(this.#db, () => takeClockSetBack(this.#db, this.#wall));
    if (wasSetBack) for (const each of this.waiting) each.until = this.#wall;
    this.#letLeave();
  }

  restart(): void {
    this.#db.close();
    this.#db = openHistory(this.#folder);
  }

  /** Lets time pass until nothing waits; returns how often something was asked in vain. */
  runOut(mostSteps: number): number {
    let steps = 0;
    for (; this.waiting.length > 0 && steps < mostSteps; steps += 1)
      this.move(Math.max(Math.min(...this.waiting.map(({ until }) => until)) - this.#wall, 1));
    return steps;
  }

  close(): void {
    this.#db.close();
  }

  #letLeave(): void {
    const due = this.waiting
      .filter(({ until }) => until <= this.#wall)
      .toSorted((a, b) => rank(a) - rank(b) || a.until - b.until || a.order - b.order);
    for (const each of due) {
      const throttled = transact(this.#db, () => this.#tryOne(each.text));
      if (throttled !== null) each.until = Math.max(throttled.until, this.#wall + 1);
      else this.waiting = this.waiting.filter((other) => other !== each);
    }
  }

  #tryOne(text: Weighed): Pick<Throttled, 'until' | 'reason'> | null {
    const throttled = this.#throttle.ask(this.#db, text, this.#wall);
    if (throttled !== null) return throttled;
    this.#throttle.spend(this.#db, text, this.#wall);
    this.left.push({ text, wall: this.#wall, passed: this.#passed });
    return null;
  }
}

const rank = ({ text }: Waiting): number => (text.purpose === 'reply' ? 0 : 1);

/** The day's end of the world's first moment, and its name. */
export const firstMidnight = endOfPacificDay(start);
export const firstDay = pacificDay(start);

function furnish(db: WritableDb): Line[] {
  connections.forEach((id) => {
    addConnection(db, { id, provider: 'flowroute', label: id, baseUrl: null }, start);
  });
  saveConnectionRates(db, 'conn0002', {
    sms: { limit: 9, within: 1_000 },
    mms: { limit: 1, within: 4_000 },
  });
  const brand = { score: null, replySlice: 20 } as const;
  saveBrand(db, { ...brand, id: 'BSMALL', name: 'Small', kind: 'low-volume' });
  saveBrand(db, { ...brand, id: 'BSOLO', name: 'Solo', kind: 'sole-proprietor' });
  const campaign = { useCase: 'Care', use: 'low-volume-mixed', attClass: null } as const;
  saveCampaign(db, { ...campaign, id: 'CSMALL', brandId: 'BSMALL' });
  saveCampaign(db, { ...campaign, id: 'CSOLO', brandId: 'BSOLO', attClass: 'T' });
  return lineTable.map(({ connection, campaign: campaignId, numberType }, index) => {
    const connectionId = connections[connection] ?? ('' as ConnectionId);
    const number = `+1555010000${index}`;
    const given = { connectionId, number, numberType, label: number, colour: '#111111' };
    const line = addLine(db, given, start);
    const known = { lineId: line.id, state: 'registered', source: 'person', detail: null } as const;
    if (campaignId !== null) saveLineRegistration(db, { ...known, campaignId }, start);
    return line;
  });
}
