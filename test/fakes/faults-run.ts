import { randomUUID } from 'node:crypto';

import { saveConnectionRates } from '#main/history/connection-limits.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { drainOutbox } from '#main/outbound/drain-outbox.ts';
import { reconcile } from '#main/outbound/reconcile.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import { takeUpAbandoned } from '#main/outbound/take-up-abandoned.ts';
import { sandbox } from '#main/providers/sandbox/adapter.ts';
import { fractionOf, pick } from '#main/sandbox-carrier/seeded-chance.ts';
import { all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { OutboundText, ProviderAdapter } from '#shared/provider/provider.ts';
import { carrierFaults, UnrulyCarrier } from '#test/carriers/unruly-carrier.ts';

import { deliveryOf } from './fake-carrier.ts';
import { type HistoryDesk, fakeConnection, historyDesk } from './history-desk.ts';
import { ManualClock } from './manual-clock.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { peerNumber } from './write-history.ts';

/** Faults on the way, of which the carrier hears nothing. */
const roadFaults = ['connection-refused', 'no-tls'] as const;
const share = 0.2;
const conversations = 250;
/** Texts that wait at a time; every claim looks through them. */
const mostWaiting = 300;
/** Texts written in one go: while they are, no answer is heard. */
const mostAtOnce = 20;
/** Faults after which we do not know what the carrier did; some of them it never calls about. */
const unheard: readonly (string | null)[] = ['reset', 'error', 'deaf', 'slow', 'malformed'];
/** Faults after which no answer comes, or none in time. */
const unanswered: readonly (string | null)[] = ['deaf', 'silent', 'slow'];
/** Longest that an answer is waited for, in milliseconds of real time: one that comes is not to be missed on a busy machine. */
const deadlines = { unanswered: 150, usual: 10_000 };

type Run = {
  readonly seed: number;
  readonly count: number;
  /** The program ends, and begins anew on its file, whenever the carrier has taken so many more. */
  readonly crashEvery: number;
  /** Takes every unknown outcome for "nothing was sent", as a naive program does. */
  readonly isBlind?: boolean;
};

/** Sends many texts through a carrier that fails now and then, until nothing more comes of any of them. */
export async function faultsRun(run: Run) {
  const { seed, count, crashEvery } = run;
  const clock = new ManualClock(Date.UTC(2026, 0, 1));
  const deliveries: string[] = [];
  const faultOf = (text: string) =>
    fractionOf(seed, text) < share
      ? pick([...roadFaults, ...carrierFaults], [seed, 'kind', text])
      : null;
  await using carrier = await UnrulyCarrier.start({
    now: () => clock.now(),
    faultOf,
    listLag: (text) => Math.floor(fractionOf(seed, 'lag', text) * 90_000),
    callBack: (body) => void deliveries.push(body),
    callsBack: (text) => !unheard.includes(faultOf(text)) || fractionOf(seed, 'calls', text) < 0.5,
  });
  const program = new Program(run, { clock, carrier, faultOf });
  program.begin();
  let [nth, crashAt] = [0, crashEvery];
  while (nth < count || program.waiting() > 0) {
    const until = program.waiting() < mostWaiting ? Math.min(count, nth + mostAtOnce) : nth;
    for (; nth < until; nth += 1) program.send(nth);
    await program.live(deliveries.splice(0));
    if (carrier.taken.length < crashAt) continue;
    crashAt += crashEvery;
    program.crash();
  }
  carrier.callAll();
  await program.live(deliveries.splice(0));
  return program.told();
}

type World = {
  readonly clock: ManualClock;
  readonly carrier: UnrulyCarrier;
  readonly faultOf: (text: string) => string | null;
};

/** The program between two crashes: both halves of the outbound road, over one file. */
class Program {
  readonly #folder = temporaryFolder();
  readonly #run: Run;
  readonly #world: World;
  readonly #failed: Record<string, number> = {};
  readonly #tried = new Set<string>();
  #desk!: HistoryDesk;
  #stop = (): void => undefined;
  #wake = (): void => undefined;
  #boots = 0;
  #seq = 0;

  constructor(run: Run, world: World) {
    this.#run = run;
    this.#world = world;
  }

  begin(): void {
    this.#boots += 1;
    const adapter = this.#adapter();
    const desk = historyDesk({ dataFolder: this.#folder, bootId: `boot-${this.#boots}` });
    // The operating system lives on: only what this process had not handed over is lost.
    desk.db.pragma('synchronous = OFF');
    this.#desk = { ...desk, clock: this.#world.clock, adapterOf: () => adapter };
    const second = { limit: 1_000_000, within: 1_000 };
    saveConnectionRates(desk.db, fakeConnection, { sms: second, mms: null });
    takeUpAbandoned(this.#desk);
    const loops = [drainOutbox(this.#desk), reconcile(this.#desk)];
    this.#stop = () => loops.forEach((each) => each.stop());
    this.#wake = () => loops.forEach((each) => each.wake());
  }

  crash(): void {
    this.#stop();
    this.#desk.db.close();
    this.begin();
  }

  send(nth: number): void {
    const target = { lineId: this.#desk.line.id, to: peerNumber(nth % conversations) };
    sendMessage(this.#desk, { uid: randomUUID(), target, text: `text ${nth}` });
  }

  waiting(state = sql`state <> 'undecided'`): number {
    return all(this.#desk.db, sql`SELECT 1 FROM outbox WHERE ${state}`).length;
  }

  /** What the carrier called about is taken in, and some time passes. */
  async live(deliveries: readonly string[]): Promise<void> {
    for (const body of deliveries) {
      this.#seq += 1;
      acceptDelivery(this.#desk, { log: 'log-1', seq: this.#seq, raw: deliveryOf(body) });
    }
    this.#wake();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const isOnTheRoad = this.waiting(sql`state IN ('queued', 'sending')`) > 0;
    await this.#world.clock.advance(isOnTheRoad ? 250 : 5_000);
    if (this.#seq % 3 === 0 || deliveries.length === 0) this.#world.carrier.callAll();
  }

  told() {
    const texts = all<{ uid: string; state: string; undecided: number }>(
      this.#desk.db,
      sql`SELECT state, undecided,
            substr(lower(hex(uid)), 1, 8) || '-' || substr(lower(hex(uid)), 9, 4) || '-' || substr(lower(hex(uid)), 13, 4) || '-' ||
            substr(lower(hex(uid)), 17, 4) || '-' || substr(lower(hex(uid)), 21) AS uid
          FROM entries WHERE kind = 'text'`,
    );
    const taken = this.#world.carrier.counts;
    const faults = { ...this.#world.carrier.faults, ...this.#failed };
    const faulty = Object.values(faults).reduce((sum, each) => sum + each, 0);
    const ended = Object.groupBy(texts, ({ state }) => state);
    const ends = Object.fromEntries(
      Object.entries(ended).map(([state, each]) => [state, each?.length ?? 0]),
    );
    return { taken, texts, faults, faulty, ends, crashes: this.#boots - 1 };
  }

  /** The real adapter of the sandbox, on roads that sometimes lead nowhere. */
  #adapter(): ProviderAdapter {
    const { port } = this.#world.carrier;
    const credentials = { apiKey: 'key', webhookSecret: 'secret' };
    const account = { connectionId: fakeConnection, numbers: [], hooks: [], credentials };
    const open = (baseUrl: string) => sandbox.open({ ...account, baseUrl }).adapter;
    const good = open(`http://127.0.0.1:${port}`);
    const bad: Readonly<Record<string, ProviderAdapter>> = {
      'connection-refused': open('http://127.0.0.1:1'),
      'no-tls': open(`https://127.0.0.1:${port}`),
    };
    return {
      ...good,
      capabilities: { ...good.capabilities, parallelSends: 24 },
      send: async (text) => {
        const outcome = await (this.#roadOf(text, bad) ?? good).send(
          text,
          deadlines[unanswered.includes(this.#world.faultOf(text.text)) ? 'unanswered' : 'usual'],
        );
        return this.#run.isBlind === true && outcome.kind === 'unknown'
          ? { ...outcome, kind: 'unsent', retryAfterMs: 1_000 }
          : outcome;
      },
    };
  }

  #roadOf(
    { uid, text }: OutboundText,
    bad: Readonly<Record<string, ProviderAdapter>>,
  ): ProviderAdapter | undefined {
    const fault = this.#world.faultOf(text) ?? '';
    if (bad[fault] === undefined || this.#tried.has(uid)) return undefined;
    this.#tried.add(uid);
    this.#failed[fault] = (this.#failed[fault] ?? 0) + 1;
    return bad[fault];
  }
}
