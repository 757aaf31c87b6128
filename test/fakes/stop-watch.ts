import type { OutboundText } from '#shared/provider/provider.ts';

/** What a person last made known to one desktop, and when an agent's decision and a START were made, whoever heard of it when. */
type Wish = { customer: boolean; agent: boolean; decidedAt: number; startedAt: number };

/** Words of ours that no person wrote; every text a test writes begins otherwise. */
const confirmation = /You are opted out/u;
const written = /^out /u;

/**
 * Knows by what happened alone, not by any code under test, who may be texted by which desktop, and notes each request to the
 * carrier that breaks it.
 */
export class StopWatch {
  readonly broken: string[] = [];
  readonly counts = {
    requests: 0,
    confirmations: 0,
    helps: 0,
    stops: 0,
    /** Texts that waited for the one who wrote STOP, when it was taken in. */
    pendingAtStop: 0,
    starts: 0,
    crashes: 0,
  };
  readonly #wishes = new Map<string, Wish>();
  readonly #stopsOf = new Map<string, number>();
  /** Uids of confirmations handed to the carrier, by number. */
  readonly #confirmed = new Map<string, Set<string>>();

  /** A desktop has committed that a customer wrote this at a moment. */
  heard(desktop: string, { from, text }: { from: string; text: string }, at: number): void {
    const wish = this.#wishOf(desktop, from);
    if (text === 'STOP') wish.customer = true;
    if (text !== 'START') return;
    [wish.customer, wish.startedAt] = [false, at];
    if (wish.decidedAt < at) wish.agent = false;
  }

  /** A customer wrote this, whoever hears of it when. */
  wrote(number: string, text: string): void {
    if (text === 'START') this.counts.starts += 1;
    if (text !== 'STOP') return;
    this.counts.stops += 1;
    this.#stopsOf.set(number, (this.#stopsOf.get(number) ?? 0) + 1);
  }

  /** A desktop has committed that an agent opted somebody out at a moment, or took that back. A START since then holds. */
  decided(desktop: string, number: string, { isOut, at }: { isOut: boolean; at: number }): void {
    const wish = this.#wishOf(desktop, number);
    if (at < wish.decidedAt) return;
    [wish.agent, wish.decidedAt] = [isOut && wish.startedAt < at, at];
  }

  isOut(desktop: string, number: string): boolean {
    const { customer, agent } = this.#wishOf(desktop, number);
    return customer || agent;
  }

  /** A request reached the carrier. */
  sent(desktop: string, { to, text, uid }: OutboundText): void {
    this.counts.requests += 1;
    if (written.test(text)) {
      if (this.isOut(desktop, to))
        this.broken.push(`${desktop} sent "${text}" to ${to} after STOP`);
      return;
    }
    if (confirmation.test(text)) this.#confirm(to, uid);
    else this.counts.helps += 1;
  }

  #confirm(to: string, uid: string): void {
    this.counts.confirmations += 1;
    const uids = this.#confirmed.get(to) ?? new Set();
    this.#confirmed.set(to, uids.add(uid));
    const stops = this.#stopsOf.get(to) ?? 0;
    if (uids.size > stops)
      this.broken.push(`${uids.size} confirmations to ${to} of ${stops} STOPs`);
  }

  #wishOf(desktop: string, number: string): Wish {
    const key = `${desktop} ${number}`;
    const wish = this.#wishes.get(key) ?? {
      customer: false,
      agent: false,
      decidedAt: -Infinity,
      startedAt: -Infinity,
    };
    this.#wishes.set(key, wish);
    return wish;
  }
}
