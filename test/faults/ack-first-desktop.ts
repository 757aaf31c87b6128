import { setTimeout as pause } from 'node:timers/promises';

import { type Identity, StreamDesktop } from '#test/fakes/stream-desktop.ts';

/** Milliseconds between the acknowledgement and the commit. */
const commitsLate = 5;

/**
 * The control: a desktop that acknowledges, and moves its cursor, before it has committed. What it keeps survives a kill; what
 * it has in hand does not.
 */
export class AckFirstDesktop {
  /** Bodies that are committed, in their order. */
  readonly committed: string[] = [];
  #log: string | null = null;
  #cursor = 0;

  /** Runs until so many more were acknowledged, and is killed then. */
  async runAndDie(relayUrl: string, identity: Identity, count: number): Promise<void> {
    const cursor = { log: this.#log, after: this.#cursor };
    const desktop = await StreamDesktop.join(relayUrl, identity, cursor);
    this.#log = (await desktop.next('welcome')).log;
    const life = { isOver: false };
    for (let taken = 0; taken < count; taken += 1) {
      const { seq, raw } = await desktop.next('delivery');
      desktop.say({ type: 'ack', seq });
      this.#cursor = seq;
      void this.#commit(Buffer.from(raw.body, 'base64').toString(), life);
    }
    life.isOver = true;
    desktop.cut();
  }

  async #commit(body: string, life: { readonly isOver: boolean }): Promise<void> {
    await pause(commitsLate);
    if (!life.isOver) this.committed.push(body);
  }
}
