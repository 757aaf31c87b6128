import { within } from '../within.ts';

/**
 * Lets one text at a time go to each recipient: pager-mode texts under way at once may overtake one another, and crowd a
 * network that has no other brake (RFC 3428 8).
 */
export class Lanes {
  readonly #last = new Map<string, Promise<void>>();

  /** Resolves with the way to leave once the lane is free; null where it was not within so many milliseconds. */
  async enter(name: string, deadlineMs: number): Promise<(() => void) | null> {
    const before = this.#last.get(name) ?? Promise.resolve();
    let leave = (): void => undefined;
    const mine = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const after = before.then(() => mine);
    this.#last.set(name, after);
    void after.then(() => this.#last.get(name) === after && this.#last.delete(name));
    if (
      (await within(
        before.then(() => true),
        deadlineMs,
      )) !== null
    )
      return leave;
    leave();
    return null;
  }
}
