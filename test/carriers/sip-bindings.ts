import type { Peer } from './sip-doors.ts';
import { type WireMessage, answerTo, valueOf } from './sip-wire.ts';

/** Where an account is to be found, until when (milliseconds since 1970). */
export type Binding = { readonly contact: string; readonly peer: Peer; readonly until: number };

/** The local registrar's table of one account. */
export class Bindings {
  /** How many seconds it grants at most, and takes at least. */
  grants = 300;
  leastExpires = 0;
  /** Refuses the question where the account is registered, as some do. */
  demandsContact = false;
  readonly #kept = new Map<string, Binding>();

  all(): readonly Binding[] {
    return [...this.#kept.values()];
  }

  clear(): void {
    this.#kept.clear();
  }

  /** A place that somebody else registered. */
  add(binding: Binding): void {
    this.#kept.set(binding.contact, binding);
  }

  register(peer: Peer, request: WireMessage): Buffer {
    const contact = valueOf(request, 'contact');
    if (contact === '')
      return this.demandsContact
        ? answerTo(request, '400 Missing Contact Header')
        : answerTo(request, '200 OK', this.#listed());
    const [, uri = '', expires = '0'] = /^<([^>]+)>;expires=(\d+)/.exec(contact) ?? [];
    return this.#bind({ contact: uri, peer, seconds: Number(expires) }, request);
  }

  #bind(wanted: { contact: string; peer: Peer; seconds: number }, request: WireMessage): Buffer {
    const { contact, peer, seconds } = wanted;
    if (seconds > 0 && seconds < this.leastExpires) {
      const least = ['Min-Expires', String(this.leastExpires)] as const;
      return answerTo(request, '423 Interval Too Brief', [least]);
    }
    const granted = Math.min(seconds, Math.max(this.grants, this.leastExpires));
    if (seconds === 0) this.#kept.delete(contact);
    else this.add({ contact, peer, until: Date.now() + granted * 1_000 });
    return answerTo(request, '200 OK', this.#listed());
  }

  #listed(): (readonly [string, string])[] {
    const listed = this.all().map(
      ({ contact, until }) => `<${contact}>;expires=${Math.round((until - Date.now()) / 1_000)}`,
    );
    return listed.length === 0 ? [] : [['Contact', listed.join(', ')]];
  }
}
