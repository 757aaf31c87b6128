import type { Pdu } from '../wire/pdu.ts';

/** How many receipts are kept that name no text known yet. */
const most = 500;

/** Receipts that came before it was known whose they are: quicker than the answer to the part, or than that of its last sibling. */
export class EarlyReceipts {
  readonly #byId = new Map<string, Pdu[]>();

  keep(id: string, pdu: Pdu): void {
    this.#byId.set(id, [...(this.#byId.get(id) ?? []), pdu].slice(-4));
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > most && oldest !== undefined) this.#byId.delete(oldest);
  }

  /** Hands out what came for any of these ids, once. */
  take(ids: readonly string[]): readonly Pdu[] {
    return ids.flatMap((id) => {
      const kept = this.#byId.get(id) ?? [];
      this.#byId.delete(id);
      return kept;
    });
  }

  /** The ids of all that is kept. */
  get ids(): readonly string[] {
    return [...this.#byId.keys()];
  }
}
